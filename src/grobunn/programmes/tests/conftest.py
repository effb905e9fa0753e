"""A municipality with an adviser, a leader who takes part, and somebody who does not."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django_scopes import scope

from grobunn.accounts.models import User
from grobunn.accounts.tests.factories import UserFactory
from grobunn.organisations.models import Municipality, Role, Unit
from grobunn.organisations.tests.factories import MunicipalityFactory, RoleAssignmentFactory, UnitFactory, adviser_of
from grobunn.programmes.models import Cohort
from grobunn.programmes.tests.factories import make_run


@dataclass(frozen=True)
class School:
    """A municipality that runs programmes, and its people."""

    municipality: Municipality
    unit: Unit
    adviser: User
    leader: User
    nurse: User
    outsider: User

    def page(self, user: User | None, path: str = "") -> Any:
        """A page of the programmes as somebody sees it. Takes: path, under `programmer/`."""
        return signed_in(user).get(self.at(path))

    def send(self, user: User | None, path: str, **given: Any) -> Any:
        """What follows when somebody sends a form."""
        return signed_in(user).post(self.at(path), given)

    def at(self, path: str = "") -> str:
        """The address of a page."""
        return f"/{self.municipality.slug}/programmer/{path}"


def signed_in(user: User | None) -> Client:
    """A browser in which somebody is signed in."""
    client = Client(headers={"accept-language": "en"})
    if user is not None:
        client.force_login(user)
    return client


@pytest.fixture
def school(db: None) -> Iterator[School]:
    municipality = MunicipalityFactory()
    with scope(municipality=municipality.pk):
        unit = UnitFactory(municipality=municipality, leader_level=2)

        def person(role: Role) -> User:
            return RoleAssignmentFactory(unit=unit, role=role).user

        yield School(
            municipality=municipality,
            unit=unit,
            adviser=person(Role.INNOVATION_ADVISER),
            leader=person(Role.UNIT_LEADER),
            nurse=person(Role.EMPLOYEE),
            outsider=UserFactory(),
        )


@pytest.fixture
def municipality() -> Iterator[Municipality]:
    municipality = MunicipalityFactory()
    with scope(municipality=municipality.pk):
        yield municipality


@pytest.fixture
def adviser(municipality: Municipality) -> User:
    return adviser_of(municipality)


@pytest.fixture
def cohort(school: School) -> Cohort:
    """«Kull 1» of «Ledelsesskolen», open for enrolment, without gatherings."""
    return make_run(school.municipality, by=school.adviser)
