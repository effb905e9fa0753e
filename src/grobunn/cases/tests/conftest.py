"""Two small municipalities: one that tells cases, with somebody in every role that cases know, and its neighbour."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django_scopes import scope

from grobunn.accounts.models import User
from grobunn.accounts.tests.factories import UserFactory
from grobunn.cases.models import Case
from grobunn.cases.states import CaseState
from grobunn.cases.tests.factories import make_case
from grobunn.organisations.models import Municipality, Role, Unit
from grobunn.organisations.tests.factories import MunicipalityFactory, RoleAssignmentFactory, UnitFactory


@dataclass(frozen=True)
class Town:
    """A municipality that tells cases, its units and its people. `writer` owns cases, `adviser` is the editor."""

    municipality: Municipality
    office: Unit
    ward: Unit
    writer: User
    nurse: User
    leader: User
    adviser: User
    director: User
    outsider: User


@dataclass(frozen=True)
class Neighbour:
    """Another municipality, which may take cases into use: its adviser, its R&D contact and somebody without a say."""

    municipality: Municipality
    office: Unit
    adviser: User
    rnd_contact: User
    nurse: User


def _person(municipality: Municipality, role: Role, unit: Unit) -> User:
    user = UserFactory()
    RoleAssignmentFactory(municipality=municipality, unit=unit, user=user, role=role)
    return user


@pytest.fixture
def town(db: None) -> Iterator[Town]:
    """The scope of the town is open while the test runs."""
    municipality = MunicipalityFactory(is_in_use=True)
    with scope(municipality=municipality.pk):
        office = UnitFactory(municipality=municipality, leader_level=1)
        ward = UnitFactory(municipality=municipality, parent=office, leader_level=2)
        yield Town(
            municipality=municipality,
            office=office,
            ward=ward,
            writer=_person(municipality, Role.EMPLOYEE, ward),
            nurse=_person(municipality, Role.EMPLOYEE, ward),
            leader=_person(municipality, Role.UNIT_LEADER, ward),
            adviser=_person(municipality, Role.INNOVATION_ADVISER, office),
            director=_person(municipality, Role.DIRECTOR, office),
            outsider=UserFactory(),
        )


@pytest.fixture
def neighbour(db: None) -> Neighbour:
    """Open `scope(municipality=neighbour.municipality.pk)` for rows of its own."""
    municipality = MunicipalityFactory(is_in_use=True)
    with scope(municipality=municipality.pk):
        office = UnitFactory(municipality=municipality, leader_level=1)
        return Neighbour(
            municipality=municipality,
            office=office,
            adviser=_person(municipality, Role.INNOVATION_ADVISER, office),
            rnd_contact=_person(municipality, Role.RND_CONTACT, office),
            nurse=_person(municipality, Role.EMPLOYEE, office),
        )


@pytest.fixture
def case(town: Town) -> Case:
    """A published case of the town, owned by its writer."""
    return make_case(town.municipality, owner=town.writer, editor=town.adviser)


@pytest.fixture
def draft_case(town: Town) -> Case:
    """A case of the town that is being written by its writer."""
    return make_case(town.municipality, state=CaseState.DRAFT, owner=town.writer, editor=town.adviser)
