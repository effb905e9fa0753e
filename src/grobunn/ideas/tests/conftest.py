"""A small municipality with somebody in every role that ideas know."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django_scopes import scope

from grobunn.accounts.models import User
from grobunn.accounts.tests.factories import UserFactory
from grobunn.ideas import starting
from grobunn.organisations.models import Municipality, Role, Unit
from grobunn.organisations.tests.factories import MunicipalityFactory, RoleAssignmentFactory, UnitFactory


@dataclass(frozen=True)
class Town:
    """A municipality, its units and its people."""

    municipality: Municipality
    office: Unit
    ward: Unit
    nurse: User
    leader: User
    adviser: User
    director: User
    outsider: User


@pytest.fixture
def town(db: None) -> Iterator[Town]:
    municipality = MunicipalityFactory(is_in_use=True)
    with scope(municipality=municipality.pk):
        office = UnitFactory(municipality=municipality, leader_level=1)
        ward = UnitFactory(municipality=municipality, parent=office, leader_level=2)

        def person(role: Role, unit: Unit) -> User:
            user = UserFactory()
            RoleAssignmentFactory(municipality=municipality, unit=unit, user=user, role=role)
            return user

        yield Town(
            municipality=municipality,
            office=office,
            ward=ward,
            nurse=person(Role.EMPLOYEE, ward),
            leader=person(Role.UNIT_LEADER, ward),
            adviser=person(Role.INNOVATION_ADVISER, office),
            director=person(Role.DIRECTOR, office),
            outsider=UserFactory(),
        )


@pytest.fixture(autouse=True)
def _alone() -> Iterator[None]:
    """Ideas by themselves: how work begins where another feature says so is tested there."""
    with starting.alone():
        yield
