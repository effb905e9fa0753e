"""A small municipality with somebody in every role that stories know, and stories at any point of their lives."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django_scopes import scope

from grobunn.accounts.models import User
from grobunn.accounts.tests.factories import UserFactory
from grobunn.organisations.models import Municipality, Role, Unit
from grobunn.organisations.tests.factories import MunicipalityFactory, RoleAssignmentFactory, UnitFactory


@dataclass(frozen=True)
class Town:
    """A municipality, its units and its people. Takes: neighbour, who has a role in another municipality alone."""

    municipality: Municipality
    ward: Unit
    author: User
    colleague: User
    editor: User
    chief: User
    neighbour: User
    outsider: User


@pytest.fixture
def town(db: None) -> Iterator[Town]:
    municipality = MunicipalityFactory(slug="storvik", name="Storvik", is_in_use=True)
    elsewhere = MunicipalityFactory(slug="lillevik", name="Lillevik", is_in_use=True)
    with scope(municipality=elsewhere.pk):
        neighbour = RoleAssignmentFactory(unit=UnitFactory(municipality=elsewhere), role=Role.INNOVATION_ADVISER).user
    with scope(municipality=municipality.pk):
        office = UnitFactory(municipality=municipality, name="Kommunedirektøren")
        ward = UnitFactory(municipality=municipality, name="Hjemmetjenesten", parent=office)

        def person(role: Role, unit: Unit, name: str) -> User:
            user = UserFactory(name=name)
            RoleAssignmentFactory(municipality=municipality, unit=unit, user=user, role=role)
            return user

        yield Town(
            municipality=municipality,
            ward=ward,
            author=person(Role.UNIT_LEADER, ward, "Berit Forfatter"),
            colleague=person(Role.EMPLOYEE, ward, "Carl Kollega"),
            editor=person(Role.INNOVATION_ADVISER, office, "Dina Redaktør"),
            chief=person(Role.CHIEF_EXEC, office, "Even Sjef"),
            neighbour=neighbour,
            outsider=UserFactory(name="Frida Utenfor"),
        )
