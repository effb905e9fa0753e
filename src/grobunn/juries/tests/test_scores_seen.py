"""Which scores somebody sees."""

import pytest

from grobunn.accounts.tests.factories import UserFactory
from grobunn.juries.models import Criterion, Panel, Score
from grobunn.juries.models.impartiality import ConflictState
from grobunn.juries.queries.results import results_of
from grobunn.juries.queries.scores import own_scores, sees_all_scores, visible_notes, visible_scores
from grobunn.juries.services.composing import add_member, remove_member
from grobunn.juries.services.steps import step
from grobunn.juries.states import PanelPart, Peek
from grobunn.juries.tests.factories import bar, declare_all, make_jury
from grobunn.kernel import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def jury(municipality, adviser):
    """A panel of three that scores three entries; everybody has given 3 for everything."""
    panel, members, entries = make_jury(municipality, by=adviser)
    step(panel, "open_declarations", actor=adviser)
    declare_all(*members)
    step(panel, "open_scoring", actor=adviser)
    for member in members:
        for entry in entries:
            _give(member, entry)
    return panel, members, entries


def _give(member, entry, *, criteria=None, value=3, note=""):
    panel_criteria = list(Criterion.objects.filter(panel=entry.panel))[:criteria]
    Score.objects.bulk_create(
        Score(
            municipality_id=member.municipality_id, member=member, entry=entry, criterion=each, value=value, note=note
        )
        for each in panel_criteria
    )


def _pairs(panel, reader):
    return {(entry_id, member_id) for entry_id, member_id, _criterion, _value in visible_scores(panel, reader)}


def test_others_scores_are_hidden_until_release(jury, adviser):
    panel, members, entries = jury

    assert _pairs(panel, members[1]) == {(entry.pk, members[1].pk) for entry in entries}
    assert _pairs(panel, None) == set()

    step(panel, "release", actor=members[0].user)

    everything = {(entry.pk, member.pk) for entry in entries for member in members}
    assert _pairs(panel, members[1]) == everything
    assert _pairs(panel, None) == everything


def test_others_scores_show_for_an_entry_when_ones_own_are_in(jury):
    panel, members, entries = jury
    Panel.objects.filter(pk=panel.pk).update(peek=Peek.OWN_IN)
    panel.refresh_from_db()
    last = Score.objects.filter(member=members[1], entry=entries[0]).first()

    last.value = None
    last.save(update_fields=["value"])

    seen = _pairs(panel, members[1])
    assert (entries[0].pk, members[2].pk) not in seen
    assert (entries[0].pk, members[1].pk) in seen
    assert (entries[1].pk, members[2].pk) in seen


@pytest.mark.parametrize("state", [ConflictState.OPEN, ConflictState.CONFIRMED])
def test_who_is_not_impartial_neither_sees_nor_counts(jury, state):
    panel, members, entries = jury
    step(panel, "release", actor=members[0].user)

    bar(members[1], entries[0], state)

    theirs = visible_scores(panel, members[1])
    assert [entry.id for entry in theirs.entries] == [entries[1].pk, entries[2].pk]
    assert entries[0].pk not in {entry_id for entry_id, *_rest in theirs}
    assert all(score.entry_id != entries[0].pk for score in own_scores(members[1]))
    assert (entries[0].pk, members[1].pk) not in _pairs(panel, members[0])
    assert (entries[0].pk, members[2].pk) in _pairs(panel, members[0])


def test_who_left_and_what_was_withdrawn_do_not_count(jury, adviser):
    panel, members, entries = jury
    remove_member(members[2], actor=adviser)
    entries[1].withdrawn_at = clock.now()
    entries[1].save(update_fields=["withdrawn_at"])

    step(panel, "release", actor=members[0].user)

    assert _pairs(panel, members[0]) == {(entries[i].pk, members[j].pk) for i in (0, 2) for j in (0, 1)}
    members[2].refresh_from_db()
    assert _pairs(panel, members[2]) == set()


def test_secretary_sees_nothing_before_release(jury, adviser):
    panel, members, _entries = jury
    secretary = add_member(panel, UserFactory(), part=PanelPart.SECRETARY, actor=adviser)
    declare_all(secretary)
    Panel.objects.filter(pk=panel.pk).update(peek=Peek.OWN_IN)
    panel.refresh_from_db()

    assert _pairs(panel, secretary) == set()

    step(panel, "release", actor=members[0].user)
    assert len(_pairs(panel, secretary)) == 9


def test_notes_follow_the_figures(jury):
    panel, members, entries = jury
    Score.objects.filter(member=members[2]).update(note="Sterkt behov.")
    wanted = [entry.pk for entry in entries]

    assert visible_notes(panel, members[1], entries=wanted) == []

    step(panel, "release", actor=members[0].user)
    bar(members[1], entries[0])
    seen = {note.entry_id for note in visible_notes(panel, members[1], entries=wanted)}
    assert seen == {entries[1].pk, entries[2].pk}


@pytest.mark.parametrize("state", ConflictState.values)
def test_results_are_shared_by_those_who_may_know_all_and_nobody_else(jury, state):
    panel, members, entries = jury
    bar(members[1], entries[0], state)
    step(panel, "release", actor=members[0].user)
    for reader in (*members, None):
        same = _pairs(panel, reader) == _pairs(panel, None)
        assert sees_all_scores(panel, reader) is same
        assert (results_of(panel, reader) is results_of(panel, None)) is same
    assert sees_all_scores(panel, members[1]) is (state == ConflictState.DISMISSED)


def test_before_the_release_nobody_shares_what_they_see(jury):
    panel, members, _entries = jury
    assert not any(sees_all_scores(panel, member) for member in members)


def test_reading_costs_the_same_for_few_and_many(jury, municipality, adviser, django_assert_num_queries):
    panel, members, _entries = jury
    step(panel, "release", actor=members[0].user)

    with django_assert_num_queries(7):
        assert len(list(visible_scores(panel, members[0]))) == 3 * 3 * Criterion.objects.filter(panel=panel).count()
