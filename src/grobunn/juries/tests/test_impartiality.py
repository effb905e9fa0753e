"""Declaring, finding conflicts, assessing them, and standing in."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import translation

from grobunn.accounts.tests.factories import UserFactory
from grobunn.juries.grounds import FoundBy, Ground, Standing
from grobunn.juries.models import Assessment, Conflict, Declaration, PartyKind, StandIn
from grobunn.juries.models.impartiality import ConflictState
from grobunn.juries.queries.assessing import conflicts_seen, takers_of
from grobunn.juries.queries.scoring import is_to_score
from grobunn.juries.queries.standing import standing_of
from grobunn.juries.services.assessing import AssessmentRefused, assess, take_up_again
from grobunn.juries.services.composing import PartyGiven, add_member
from grobunn.juries.services.conflicts import find_conflicts, same_name
from grobunn.juries.services.declaring import DeclarationIncomplete, Declared, declare
from grobunn.juries.services.standing_in import CannotStandIn, call_in
from grobunn.juries.services.steps import step
from grobunn.juries.states import PanelPart
from grobunn.juries.tests.factories import add_entry, declare_all, make_jury
from grobunn.kernel import permissions
from grobunn.organisations.models import Role
from grobunn.organisations.tests.factories import RoleAssignmentFactory, UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def jury(municipality, adviser):
    panel, members, entries = make_jury(municipality, by=adviser)
    step(panel, "open_declarations", actor=adviser)
    return panel, members, entries


def _declare(member, entries, ground="", text=""):
    declare(member, [Declared(entry, ground, text) for entry in entries], actor=member.user)


def _confirm(conflict, by):
    conflict.refresh_from_db()
    assess(conflict, is_confirmed=True, reason="Det stemmer.", taken_by=[], actor=by)


def _found(panel):
    rows = Conflict.objects.filter(member__panel=panel).order_by("member__joined_at", "found_by")
    return [(row.member.user, row.found_by, row.ground) for row in rows]


def test_who_declares_no_relation_may_open(jury):
    _panel, members, entries = jury

    _declare(members[1], entries)
    _declare(members[1], entries)

    assert Declaration.objects.filter(member=members[1]).count() == 3
    assert standing_of(members[1], entries[0]) == Standing.IMPARTIAL


def test_a_relation_waits_for_the_panel_and_taking_it_back_does_not_open(jury):
    _panel, members, entries = jury
    _declare(members[1], entries)

    _declare(members[1], entries[:1], Ground.KIN, "Søsteren min er på teamet.")
    assert standing_of(members[1], entries[0]) == Standing.ASSESSED
    _declare(members[1], entries[:1])

    assert standing_of(members[1], entries[0]) == Standing.ASSESSED
    assert Conflict.objects.get().detail == "Søsteren min er på teamet."


def test_a_relation_needs_a_word_about_it(jury):
    _panel, members, entries = jury

    with pytest.raises(DeclarationIncomplete):
        _declare(members[1], entries[:1], Ground.OTHER, "  ")

    assert not Declaration.objects.exists()


def test_nobody_declares_for_another(jury):
    _panel, members, entries = jury

    with pytest.raises(PermissionDenied):
        declare(members[1], [Declared(entries[0])], actor=members[0].user)

    assert not Declaration.objects.exists()


@pytest.mark.parametrize(
    ("one", "other"), [("SINTEF AS", "Sintef"), ("Tieto-Evry ASA", "tieto evry"), ("Stiftelsen SINTEF", "sintef")]
)
def test_names_are_compared_without_case_signs_and_company_form(one, other):
    assert same_name(one) == same_name(other)


def test_employer_that_is_a_partner_is_found(municipality, adviser):
    panel, members, _entries = make_jury(municipality, by=adviser)
    add_member(panel, members[1].user, actor=adviser, employer="SINTEF AS")
    add_entry(panel, "Sensorer", PartyGiven(PartyKind.PARTNER, name="Sintef"), by=adviser)

    find_conflicts(panel)

    assert _found(panel) == [(members[1].user, FoundBy.PARTNER, Ground.OTHER)]


def test_team_unit_and_line_are_found_once_each(municipality, adviser):
    panel, members, _entries = make_jury(municipality, by=adviser)
    above, ward = UnitFactory(municipality=municipality), UnitFactory(municipality=municipality)
    ward.parent = above
    ward.save()
    RoleAssignmentFactory(unit=above, user=members[0].user, role=Role.SECTOR_HEAD)
    leader = RoleAssignmentFactory(unit=ward, role=Role.UNIT_LEADER).user
    RoleAssignmentFactory(unit=ward, user=members[1].user)

    add_entry(panel, "Sensorer", PartyGiven(PartyKind.LEADER, user=leader), by=adviser)

    assert _found(panel) == [
        (members[0].user, FoundBy.LINE, Ground.OTHER),
        (members[1].user, FoundBy.LINE, Ground.SUBORDINATE),
    ]


def test_who_is_on_the_team_is_a_party(municipality, adviser):
    panel, members, _entries = make_jury(municipality, by=adviser)

    entry = add_entry(panel, "Sensorer", PartyGiven(PartyKind.TEAM, user=members[2].user), by=adviser)

    assert _found(panel) == [(members[2].user, FoundBy.TEAM, Ground.PARTY)]
    assert Conflict.objects.get().entry == entry


def test_the_chair_assesses_and_never_the_member_concerned(jury):
    _panel, members, entries = jury
    declare_all(*members)
    _declare(members[1], entries[:1], Ground.OTHER, "Gammel venn.")
    conflict = Conflict.objects.get()

    assert permissions.is_allowed("juries.assess", members[0].user, conflict)
    assert not permissions.is_allowed("juries.assess", members[1].user, conflict)
    assert members[1] not in takers_of(conflict)
    with pytest.raises(AssessmentRefused):
        assess(conflict, is_confirmed=False, reason="Nei.", taken_by=[members[1]], actor=members[0].user)

    assess(conflict, is_confirmed=False, reason="Lenge siden.", taken_by=[members[2]], actor=members[0].user)
    assert standing_of(members[1], entries[0]) == Standing.IMPARTIAL
    row = Assessment.objects.get()
    assert (row.verdict, set(row.taken_by)) == (ConflictState.DISMISSED, {members[0].pk, members[2].pk})
    assert row.legal_basis == "fvl-1967"
    with pytest.raises(AssessmentRefused):
        assess(conflict, is_confirmed=True, reason="Jo.", taken_by=[], actor=members[0].user)


def test_about_the_chair_another_member_leads(jury):
    _panel, members, entries = jury
    declare_all(*members)
    _declare(members[0], entries[:1], Ground.PARTNER, "Gift med teamlederen.")
    conflict = Conflict.objects.get()

    assert not permissions.is_allowed("juries.assess", members[0].user, conflict)
    assert permissions.is_allowed("juries.assess", members[1].user, conflict)


def test_two_who_are_assessed_for_one_entry_do_not_assess_each_other(jury):
    panel, members, entries = jury
    declare_all(*members)
    _declare(members[0], entries[:1], Ground.OTHER, "Nabo.")
    _declare(members[1], entries[:1], Ground.OTHER, "Nabo.")

    for conflict in Conflict.objects.all():
        assert [taker.pk for taker in takers_of(conflict)] == [members[2].pk]
    assert [each.conflict for each in conflicts_seen(panel, members[0].user)] == []


def test_what_was_decided_can_be_taken_up_again_and_is_kept(jury):
    _panel, members, entries = jury
    declare_all(*members)
    _declare(members[1], entries[:1], Ground.OTHER, "Gammel venn.")
    conflict = Conflict.objects.get()
    assess(conflict, is_confirmed=False, reason="Lenge siden.", taken_by=[], actor=members[0].user)

    take_up_again(conflict, reason="Nye opplysninger.", actor=members[0].user)
    assert standing_of(members[1], entries[0]) == Standing.ASSESSED
    _confirm(conflict, members[0].user)

    assert standing_of(members[1], entries[0]) == Standing.DISQUALIFIED
    assert [row.verdict for row in Assessment.objects.all()] == ["dismissed", "open", "confirmed"]


def test_subordinates_of_the_disqualified_are_found_and_cannot_stand_in(jury, municipality, adviser):
    panel, members, entries = jury
    unit = UnitFactory(municipality=municipality)
    RoleAssignmentFactory(unit=unit, user=members[1].user, role=Role.UNIT_LEADER)
    below = add_member(panel, RoleAssignmentFactory(unit=unit).user, part=PanelPart.SUBSTITUTE, actor=adviser)
    free = add_member(panel, UserFactory(), part=PanelPart.SUBSTITUTE, actor=adviser)
    declare_all(*members, below, free)
    _declare(members[1], entries[:1], Ground.OFFICE, "Styreleder.")

    with pytest.raises(CannotStandIn):
        call_in(entries[0], substitute=free, instead_of=members[1], actor=adviser)
    _confirm(Conflict.objects.get(member=members[1]), members[0].user)

    derived = Conflict.objects.get(member=below)
    assert (derived.found_by, derived.ground) == (FoundBy.DERIVED, Ground.SUBORDINATE)
    with translation.override("en"), pytest.raises(CannotStandIn, match="leader"):
        call_in(entries[0], substitute=below, instead_of=members[1], actor=adviser)
    assert not StandIn.objects.exists()

    call_in(entries[0], substitute=free, instead_of=members[1], actor=adviser)
    call_in(entries[0], substitute=free, instead_of=members[1], actor=adviser)
    assert StandIn.objects.count() == 1
    assert is_to_score(free, entries[0])
    assert not is_to_score(free, entries[1])


def test_what_does_not_hold_any_more_is_taken_away_until_it_was_assessed(municipality, adviser):
    panel, members, _entries = make_jury(municipality, by=adviser)
    add_member(panel, members[1].user, actor=adviser, employer="SINTEF")
    add_entry(panel, "Sensorer", PartyGiven(PartyKind.PARTNER, name="SINTEF"), by=adviser)
    assert Conflict.objects.count() == 1

    add_member(panel, members[1].user, actor=adviser, employer="NTNU")
    assert not Conflict.objects.exists()


def test_a_colleague_of_a_coach_has_no_stake_and_whoever_is_led_by_the_coach_has(jury, municipality, adviser):
    panel, members, _entries = jury
    unit = UnitFactory(municipality=municipality)
    coach = RoleAssignmentFactory(unit=unit, role=Role.UNIT_LEADER).user
    RoleAssignmentFactory(unit=unit, role=Role.UNIT_LEADER, user=members[1].user)
    RoleAssignmentFactory(unit=unit, user=members[2].user)
    add_entry(panel, "Med veileder", PartyGiven(PartyKind.COACH, user=coach), by=adviser)

    find_conflicts(panel)

    assert _found(panel) == [(members[2].user, FoundBy.LINE, Ground.SUBORDINATE)]
