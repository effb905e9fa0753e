"""A municipality with an adviser who sets up, and a nurse who does not."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django_scopes import scope

from grobunn.accounts.models import User
from grobunn.accounts.tests.factories import UserFactory
from grobunn.organisations.models import Municipality, Role
from grobunn.organisations.tests.factories import MunicipalityFactory, RoleAssignmentFactory, UnitFactory


@dataclass(frozen=True)
class Town:
    """A municipality and its people."""

    municipality: Municipality
    adviser: User
    nurse: User


@pytest.fixture
def town(db: None) -> Iterator[Town]:
    municipality = MunicipalityFactory(is_in_use=True)
    with scope(municipality=municipality.pk):
        unit = UnitFactory(municipality=municipality)
        people = {}
        for name, role in (("adviser", Role.INNOVATION_ADVISER), ("nurse", Role.EMPLOYEE)):
            people[name] = UserFactory()
            RoleAssignmentFactory(municipality=municipality, unit=unit, user=people[name], role=role)
        yield Town(municipality=municipality, **people)
