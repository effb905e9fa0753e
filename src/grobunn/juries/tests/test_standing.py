"""What a member may do with an entry."""

import pytest

from grobunn.juries.grounds import Standing
from grobunn.juries.models.impartiality import ConflictState
from grobunn.juries.queries.standing import open_entries, standing_of, standings
from grobunn.juries.services.composing import remove_member
from grobunn.juries.tests.factories import add_entry, bar, declare_all, make_jury
from grobunn.kernel import permissions

pytestmark = pytest.mark.django_db


def test_nothing_opens_before_every_entry_is_declared_for(municipality, adviser):
    panel, members, entries = make_jury(municipality, by=adviser)

    assert standing_of(members[1], entries[0]) == Standing.UNDECLARED
    declare_all(members[1])
    assert open_entries(members[1]) == entries

    add_entry(panel, "Kom sent", by=adviser)
    assert open_entries(members[1]) == []


@pytest.mark.parametrize(
    ("state", "standing"),
    [
        (ConflictState.OPEN, Standing.ASSESSED),
        (ConflictState.CONFIRMED, Standing.DISQUALIFIED),
        (ConflictState.DISMISSED, Standing.IMPARTIAL),
    ],
)
def test_standing_follows_from_thebar(municipality, adviser, state, standing):
    _panel, members, entries = make_jury(municipality, by=adviser)
    declare_all(*members)

    bar(members[1], entries[0], state)

    assert standing_of(members[1], entries[0]) == standing
    assert standing_of(members[1], entries[1]) == Standing.IMPARTIAL
    assert standing_of(members[2], entries[0]) == Standing.IMPARTIAL
    assert permissions.is_allowed("juries.open", members[1].user, entries[0]) == (standing == Standing.IMPARTIAL)


def test_an_adviser_on_the_panel_is_a_member_like_others(municipality, adviser):
    panel, members, entries = make_jury(municipality, by=adviser)
    assert permissions.is_allowed("juries.open", adviser, entries[0])

    members[1].user = adviser
    members[1].save()
    panel.__dict__.pop("_member_of", None)
    entries[0].panel.__dict__.pop("_member_of", None)

    assert not permissions.is_allowed("juries.open", adviser, entries[0])


def test_who_has_left_opens_nothing(municipality, adviser):
    _panel, members, entries = make_jury(municipality, by=adviser)
    declare_all(*members)

    remove_member(members[1], actor=adviser)
    members[1].refresh_from_db()

    assert standing_of(members[1], entries[0]) == Standing.UNDECLARED


def test_standings_cost_the_same_for_few_and_many(municipality, adviser, django_assert_num_queries):
    panel, members, entries = make_jury(municipality, by=adviser, members=5, entries=9)
    declare_all(*members)

    with django_assert_num_queries(2):
        known = standings(panel, members, entries)

    assert set(known.values()) == {Standing.IMPARTIAL}
