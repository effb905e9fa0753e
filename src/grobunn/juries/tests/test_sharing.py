"""Sharing a panel's entries out."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from grobunn.juries.maths.assignment import Wish
from grobunn.juries.models import Assignment
from grobunn.juries.models.impartiality import ConflictState
from grobunn.juries.queries.lines import lines_to_score
from grobunn.juries.services.scoring import TapGiven, record_taps
from grobunn.juries.services.sharing import NotTheirs, give, propose, share_with_all, take_away, take_proposal
from grobunn.juries.services.steps import step
from grobunn.juries.tests.factories import bar, declare_all, make_jury
from grobunn.kernel import clock, ids

pytestmark = pytest.mark.django_db


@pytest.fixture
def jury(municipality, adviser):
    panel, members, entries = make_jury(municipality, by=adviser, members=4, entries=6)
    step(panel, "open_declarations", actor=adviser)
    declare_all(*members)
    step(panel, "open_scoring", actor=adviser)
    return panel, members, entries


def test_each_entry_goes_to_as_many_as_wished_for_and_to_nobody_with_a_conflict(jury, adviser):
    panel, members, entries = jury
    bar(members[1], entries[0], ConflictState.OPEN)

    take_proposal(panel, propose(panel, Wish(reviews=2), actor=adviser), actor=adviser)

    assert Assignment.objects.count() == 12
    assert not Assignment.objects.filter(member=members[1], entry=entries[0]).exists()
    assert sum(len(lines_to_score(member)) for member in members) == 12


def test_what_somebody_has_begun_to_score_stays_theirs(jury, adviser):
    panel, members, entries = jury
    for entry in entries:
        tap = TapGiven(id=ids.new_id(), entry_id=entry.pk, criterion="need", value=3, made_at=clock.now())
        record_taps(members[1], [tap])

    take_proposal(panel, propose(panel, Wish(reviews=1), actor=adviser), actor=adviser)

    assert Assignment.objects.filter(member=members[1]).count() == 6
    with pytest.raises(NotTheirs):
        take_away(members[1], entries[0], actor=adviser)


def test_by_hand_one_more_one_less_and_everybody_again(jury, adviser):
    panel, members, entries = jury
    bar(members[2], entries[0], ConflictState.OPEN)
    take_proposal(panel, propose(panel, Wish(reviews=1), actor=adviser), actor=adviser)
    Assignment.objects.all().delete()

    give(members[1], entries[0], actor=adviser)
    give(members[1], entries[0], actor=adviser)
    with pytest.raises(NotTheirs):
        give(members[2], entries[0], actor=adviser)
    assert Assignment.objects.count() == 1

    take_away(members[1], entries[0], actor=adviser)
    assert not Assignment.objects.exists()
    share_with_all(panel, actor=adviser)
    assert len(lines_to_score(members[1])) == 6


def test_what_cannot_be_is_said_but_not_of_what_the_reader_is_barred_from(jury, adviser):
    panel, members, entries = jury
    for member in members[:3]:
        bar(member, entries[0], ConflictState.OPEN)

    words = propose(panel, Wish(reviews=2), actor=adviser).lacks
    chairs = propose(panel, Wish(reviews=2), actor=members[0].user).lacks

    assert any(entries[0].title in each for each in words)
    assert not any(entries[0].title in each for each in chairs)


def test_a_member_shares_nothing_out(jury):
    panel, members, _entries = jury

    with pytest.raises(PermissionDenied):
        propose(panel, Wish(), actor=members[1].user)


def test_proposal_is_shown_before_it_is_taken(client, jury, adviser):
    panel, members, _entries = jury
    client.force_login(adviser)
    where = reverse("juries:share_out", args=[panel.municipality.slug, panel.reference])

    shown = client.get(where, {"reviews": 2}).content.decode()
    assert members[3].user.name in shown
    assert not Assignment.objects.exists()

    assert client.post(where, {"reviews": 2}).status_code == 302
    assert Assignment.objects.count() == 12
    assert "Bidrag 1" in client.get(where).content.decode()


@pytest.mark.parametrize("entries", [1, 3])
def test_page_costs_the_same_for_few_and_many(client, municipality, adviser, entries, django_assert_num_queries):
    panel, _members, _handed = make_jury(municipality, by=adviser, entries=entries)
    take_proposal(panel, propose(panel, Wish(reviews=2), actor=adviser), actor=adviser)
    client.force_login(adviser)
    where = reverse("juries:share_out", args=[panel.municipality.slug, panel.reference])
    client.get(where)

    with django_assert_num_queries(9):
        client.get(where)
