from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from pytest_django.fixtures import DjangoAssertNumQueries

from grobunn.accounts.tests.factories import UserFactory
from grobunn.kernel import clock
from grobunn.kernel.actors import SYSTEM, ReceiptHolder
from grobunn.organisations import queries
from grobunn.organisations.models import Role
from grobunn.organisations.tests.factories import (
    AbsenceFactory,
    MunicipalityFactory,
    RoleAssignmentFactory,
    UnitFactory,
    adviser_of,
)

pytestmark = pytest.mark.django_db


def test_roles_of_reads_once_and_only_todays(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    unit = UnitFactory()
    user = RoleAssignmentFactory(unit=unit, role=Role.UNIT_LEADER).user
    today = clock.today()
    RoleAssignmentFactory(unit=unit, user=user, role=Role.DIRECTOR, to_on=today - timedelta(days=1))
    RoleAssignmentFactory(unit=unit, user=user, role=Role.ELECTED, from_on=today + timedelta(days=1))

    with django_assert_num_queries(1):
        roles = queries.roles_of(user)
        queries.roles_of(user)

    assert [each.role for each in roles.held] == [Role.UNIT_LEADER]
    assert roles.has(Role.UNIT_LEADER, municipality_id=unit.municipality_id)
    assert not roles.has(Role.UNIT_LEADER, municipality_id=MunicipalityFactory().pk)
    assert roles.unit_ids(Role.UNIT_LEADER) == {unit.pk}
    assert roles.municipality_ids == {unit.municipality_id}


@pytest.mark.parametrize("actor", [AnonymousUser(), SYSTEM, ReceiptHolder("7KQF-M3XD-9TPA")])
def test_roles_of_nobody_are_none(actor: object, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        assert queries.roles_of(actor) == queries.NO_ROLES  # type: ignore[arg-type]


def test_roles_of_moves_with_the_clock() -> None:
    assignment = RoleAssignmentFactory(to_on=clock.today())

    assert queries.is_member(assignment.user, assignment.municipality_id)
    with clock.moved_by(days=1):
        assert not queries.is_member(assignment.user, assignment.municipality_id)


def test_roles_of_stand_in_carry_the_work_not_the_trust() -> None:
    unit = UnitFactory()
    leader = RoleAssignmentFactory(unit=unit, role=Role.UNIT_LEADER).user
    RoleAssignmentFactory(unit=unit, user=leader, role=Role.UNION)
    elsewhere = RoleAssignmentFactory(user=leader, role=Role.INNOVATION_ADVISER)
    stand_in = RoleAssignmentFactory(unit=unit, role=Role.EMPLOYEE).user

    AbsenceFactory(municipality=unit.municipality, user=leader, stand_in=stand_in)

    held = {(each.role, each.is_stand_in) for each in queries.roles_of(stand_in).held}
    assert held == {(Role.EMPLOYEE, False), (Role.UNIT_LEADER, True)}
    assert not queries.is_adviser(stand_in, elsewhere.municipality_id)


def test_holder_of_present_leader_is_the_leader(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    unit = UnitFactory()
    leader = RoleAssignmentFactory(unit=unit, role=Role.UNIT_LEADER).user
    adviser_of(unit.municipality)

    with django_assert_num_queries(2):
        holder = queries.holder_of(Role.UNIT_LEADER, unit, municipality=unit.municipality)

    assert (holder.user, holder.unit, holder.role, holder.via) == (leader, unit, Role.UNIT_LEADER, "direct")


def test_holder_of_absent_leader_is_stand_in_then_adviser_then_mailbox() -> None:
    unit = UnitFactory()
    municipality = unit.municipality
    leader = RoleAssignmentFactory(unit=unit, role=Role.UNIT_LEADER).user
    stand_in = RoleAssignmentFactory(unit=unit).user
    absence = AbsenceFactory(municipality=municipality, user=leader, stand_in=stand_in)

    holder = queries.holder_of(Role.UNIT_LEADER, unit, municipality=municipality)
    assert (holder.user, holder.role, holder.via) == (stand_in, Role.UNIT_LEADER, "stand_in")

    absence.stand_in = None
    absence.save(update_fields=["stand_in"])
    nobody = queries.holder_of(Role.UNIT_LEADER, unit, municipality=municipality)
    assert (nobody.user, nobody.role, nobody.via) == (None, Role.INNOVATION_ADVISER, "mailbox")

    adviser = adviser_of(municipality)
    fallback = queries.holder_of(Role.UNIT_LEADER, unit, municipality=municipality)
    assert (fallback.user, fallback.role, fallback.via) == (adviser, Role.INNOVATION_ADVISER, "adviser")


def test_holder_of_two_who_stand_in_for_each_other_falls_to_adviser() -> None:
    unit = UnitFactory()
    leader = RoleAssignmentFactory(unit=unit, role=Role.UNIT_LEADER).user
    other = RoleAssignmentFactory(unit=unit).user
    adviser = adviser_of(unit.municipality)
    AbsenceFactory(municipality=unit.municipality, user=leader, stand_in=other)
    AbsenceFactory(municipality=unit.municipality, user=other, stand_in=leader)

    holder = queries.holder_of(Role.UNIT_LEADER, unit, municipality=unit.municipality)

    assert (holder.user, holder.via) == (adviser, "adviser")


def test_holder_of_closed_account_is_passed_over() -> None:
    unit = UnitFactory()
    RoleAssignmentFactory(unit=unit, role=Role.UNIT_LEADER, user=UserFactory(is_active=False))

    assert queries.holder_of(Role.UNIT_LEADER, unit, municipality=unit.municipality).via == "mailbox"


def test_holder_of_role_that_ended_falls_on() -> None:
    unit = UnitFactory()
    adviser = adviser_of(unit.municipality)
    RoleAssignmentFactory(unit=unit, role=Role.UNIT_LEADER, to_on=clock.today())

    with clock.moved_by(days=1):
        holder = queries.holder_of(Role.UNIT_LEADER, unit, municipality=unit.municipality)

    assert (holder.user, holder.via) == (adviser, "adviser")


def test_next_leader_climbs_the_tree(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    top = UnitFactory()
    municipality = top.municipality
    sector = UnitFactory(municipality=municipality, parent=top)
    ward = UnitFactory(municipality=municipality, parent=sector)
    chief = RoleAssignmentFactory(unit=top, role=Role.CHIEF_EXEC).user
    head = RoleAssignmentFactory(unit=sector, role=Role.SECTOR_HEAD).user
    RoleAssignmentFactory(unit=ward, role=Role.UNIT_LEADER)

    with django_assert_num_queries(3):
        above_ward = queries.next_leader(ward, Role.UNIT_LEADER, municipality=municipality)
    above_sector = queries.next_leader(sector, Role.SECTOR_HEAD, municipality=municipality)
    above_nowhere = queries.next_leader(None, Role.INNOVATION_ADVISER, municipality=municipality)

    assert (above_ward.user, above_ward.role) == (head, Role.SECTOR_HEAD)
    assert (above_sector.user, above_sector.role) == (chief, Role.CHIEF_EXEC)
    assert (above_nowhere.user, above_nowhere.role) == (chief, Role.CHIEF_EXEC)


def test_next_leader_absent_without_stand_in_goes_one_higher() -> None:
    top = UnitFactory()
    ward = UnitFactory(municipality=top.municipality, parent=top)
    chief = RoleAssignmentFactory(unit=top, role=Role.CHIEF_EXEC).user
    head = RoleAssignmentFactory(unit=ward, role=Role.SECTOR_HEAD).user
    AbsenceFactory(municipality=top.municipality, user=head)

    assert queries.next_leader(ward, Role.DEPT_LEADER, municipality=top.municipality).user == chief


def test_next_leader_without_any_leader_is_adviser() -> None:
    unit = UnitFactory()
    adviser = adviser_of(unit.municipality)

    holder = queries.next_leader(unit, Role.UNIT_LEADER, municipality=unit.municipality)

    assert (holder.user, holder.via) == (adviser, "adviser")
