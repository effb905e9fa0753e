"""Who may: every permission on capacity against every kind of person."""

import pytest
from django.contrib.auth.models import AnonymousUser

from grobunn.accounts.models import User
from grobunn.capacity.kinds import Kind
from grobunn.capacity.models import Source
from grobunn.capacity.rules import PERMISSIONS
from grobunn.capacity.tests.conftest import Town
from grobunn.kernel.actors import SYSTEM, Actor
from grobunn.kernel.permissions import is_allowed
from grobunn.organisations.models import Role, Unit
from grobunn.organisations.tests.factories import MunicipalityFactory, RoleAssignmentFactory, UnitFactory, adviser_of

STAFF = {"nurse", "leader", "dept_leader", "sector_head", "adviser", "director", "neighbour_leader"}
OF_A_SOURCE = {
    "capacity.view": STAFF,
    "capacity.declare": {"leader", "dept_leader", "sector_head", "director", "adviser"},
    "capacity.raise": {"leader", "dept_leader", "sector_head", "director"},
    "capacity.tell_hours": STAFF,
}
OF_A_MUNICIPALITY = {
    "capacity.view": STAFF,
    "capacity.declare": STAFF - {"nurse"},
    "capacity.raise": STAFF - {"nurse", "adviser"},
    "capacity.tell_hours": STAFF,
}


@pytest.fixture
def people(town: Town) -> dict[str, Actor]:
    beside = UnitFactory(municipality=town.municipality, parent=town.office)
    elsewhere = MunicipalityFactory(is_in_use=True)

    def person(role: Role, unit: Unit) -> User:
        user: User = RoleAssignmentFactory(municipality=unit.municipality, unit=unit, role=role).user
        return user

    return {
        "anonymous": AnonymousUser(),
        "system": SYSTEM,
        "outsider": town.outsider,
        "nurse": town.nurse,
        "leader": town.leader,
        "dept_leader": person(Role.DEPT_LEADER, town.ward),
        "sector_head": person(Role.SECTOR_HEAD, town.office),
        "director": town.director,
        "adviser": town.adviser,
        "neighbour_leader": person(Role.UNIT_LEADER, beside),
        "others_adviser": adviser_of(elsewhere),
    }


@pytest.fixture
def source(town: Town) -> Source:
    return Source.objects.create(municipality=town.municipality, unit=town.ward, kind=Kind.IT, name="Programmerere")


def test_tables_name_every_permission() -> None:
    assert set(OF_A_SOURCE) == set(OF_A_MUNICIPALITY) == set(PERMISSIONS)


@pytest.mark.parametrize("permission", sorted(PERMISSIONS))
def test_permission_on_a_source(people: dict[str, Actor], source: Source, permission: str) -> None:
    assert {name for name, who in people.items() if is_allowed(permission, who, source)} == OF_A_SOURCE[permission]


@pytest.mark.parametrize("permission", sorted(PERMISSIONS))
def test_permission_in_a_municipality(town: Town, people: dict[str, Actor], permission: str) -> None:
    allowed = {name for name, who in people.items() if is_allowed(permission, who, town.municipality)}

    assert allowed == OF_A_MUNICIPALITY[permission]


def test_unit_leader_above_declares_but_does_not_raise_what_is_anothers(town: Town, source: Source) -> None:
    above = RoleAssignmentFactory(municipality=town.municipality, unit=town.office, role=Role.UNIT_LEADER).user

    assert is_allowed("capacity.declare", above, source)
    assert not is_allowed("capacity.raise", above, source)
