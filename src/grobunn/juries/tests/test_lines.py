"""The list of what is somebody's to score is what `entries_to_score` finds, whatever became of panel and members."""

import pytest
from django_scopes import scope

from grobunn.accounts.tests.factories import UserFactory
from grobunn.juries.models import Assignment, Criterion, Declaration, Entry, Member, Panel, Score, StandIn
from grobunn.juries.models.impartiality import ConflictState
from grobunn.juries.queries.lines import lines_to_score
from grobunn.juries.queries.scoring import entries_done, entries_to_score
from grobunn.juries.services.composing import add_member
from grobunn.juries.states import PanelPart
from grobunn.juries.tests.factories import bar, declare_all, make_jury
from grobunn.kernel import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def members(municipality, adviser):
    """A chair, two members, a substitute who takes one place, a secretary; four entries, one withdrawn."""
    panel, members, entries = make_jury(municipality, by=adviser, entries=4)
    for part in (PanelPart.SUBSTITUTE, PanelPart.SECRETARY):
        members.append(add_member(panel, UserFactory(), part=part, actor=adviser))
    declare_all(*members)
    Entry.objects.filter(pk=entries[3].pk).update(withdrawn_at=clock.now())
    StandIn.objects.create(municipality=municipality, entry=entries[1], substitute=members[3], instead_of=members[2])
    Assignment.objects.create(municipality=municipality, member=members[1], entry=entries[0])
    Assignment.objects.create(municipality=municipality, member=members[1], entry=entries[2])
    for number, criterion in enumerate(Criterion.objects.filter(panel=panel)):
        _give(members[1], entries[0], criterion, 3)
        if number:
            _give(members[1], entries[2], criterion, 2)
    return members


def _give(member, entry, criterion, value):
    Score.objects.create(
        municipality_id=member.municipality_id, member=member, entry=entry, criterion=criterion, value=value
    )


def _found(member):
    with scope(municipality=member.municipality_id):
        rows = list(entries_to_score(member).values_list("pk", "title"))
        done = entries_done(member, [pk for pk, _title in rows])
    return [(pk, title, pk in done) for pk, title in rows]


def _all_agree(members):
    """Read anew, as a page does. Returns: how many lines each has."""
    read = Member.objects.select_related("panel").in_bulk([member.pk for member in members])
    for member in read.values():
        assert [tuple(line) for line in lines_to_score(member)] == _found(member)
    return [len(lines_to_score(read[member.pk])) for member in members]


@pytest.mark.parametrize("is_shared_out", [False, True])
def test_everybody_gets_what_goes_to_their_part(members, is_shared_out):
    Panel.objects.update(is_shared_out=is_shared_out)
    assert _all_agree(members) == ([0, 2, 0, 1, 0] if is_shared_out else [3, 3, 3, 1, 0])


def test_only_what_has_every_figure_is_done(members):
    assert [line.is_done for line in lines_to_score(members[1])] == [True, False, False]


@pytest.mark.parametrize("state", ConflictState.values)
def test_what_one_is_kept_from_is_not_there(members, state):
    entries = list(Entry.objects.order_by("position"))
    bar(members[1], entries[0], state)
    bar(members[3], entries[1], state)
    kept_from = state != ConflictState.DISMISSED
    assert _all_agree(members) == ([3, 2, 3, 0, 0] if kept_from else [3, 3, 3, 1, 0])


def test_who_has_not_declared_for_all_gets_nothing(members):
    Declaration.objects.filter(member=members[1]).first().delete()
    withdrawn = Entry.objects.get(withdrawn_at__isnull=False)
    Declaration.objects.filter(member=members[2], entry=withdrawn).delete()
    assert _all_agree(members) == [3, 0, 3, 1, 0]


def test_who_has_left_gets_nothing(members):
    Member.objects.filter(pk=members[1].pk).update(left_at=clock.now())
    assert _all_agree(members) == [3, 0, 3, 1, 0]


def test_a_panel_without_entries_has_no_lines(members):
    Entry.objects.update(withdrawn_at=clock.now())
    assert _all_agree(members) == [0, 0, 0, 0, 0]
