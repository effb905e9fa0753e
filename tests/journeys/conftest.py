"""A town with people in their roles, and readers who open its pages without JavaScript."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django_scopes import scope

from grobunn.accounts.models import User
from grobunn.accounts.tests.factories import UserFactory
from grobunn.capacity.models import Source
from grobunn.ideas.models import Idea
from grobunn.ideas.tests.conftest import Town
from grobunn.ideas.tests.factories import make_idea
from grobunn.initiatives.tests.factories import make_source, need_field
from grobunn.organisations.models import Role
from grobunn.organisations.tests.factories import MunicipalityFactory, RoleAssignmentFactory, UnitFactory
from tests.journeys.reader import Reader

Come = Callable[..., Reader]
# Where every reader comes from (RFC 5737: an address for documentation).
ADDRESS = "203.0.113.77"


def _make_town(slug: str, name: str, language_form: str = "nb") -> Town:
    municipality = MunicipalityFactory(
        slug=slug,
        name=name,
        language_form=language_form,
        whistleblowing_url=f"https://{slug}.example/varsling",
        deviation_url=f"https://{slug}.example/avvik",
    )
    with scope(municipality=municipality.pk):
        office = UnitFactory(municipality=municipality, name=f"{name} helse", slug="helse", leader_level=1)
        ward = UnitFactory(
            municipality=municipality, name=f"{name} heimevern", slug="hjemmetjenesten", parent=office, leader_level=2
        )

        def person(role: Role, unit: object, who: str) -> User:
            user = UserFactory(name=f"{who} {name}", email=f"{who.lower()}@{slug}.example")
            RoleAssignmentFactory(municipality=municipality, unit=unit, user=user, role=role)
            return user

        return Town(
            municipality=municipality,
            office=office,
            ward=ward,
            nurse=person(Role.EMPLOYEE, ward, "Nora"),
            leader=person(Role.UNIT_LEADER, ward, "Erik"),
            adviser=person(Role.INNOVATION_ADVISER, office, "Ingrid"),
            director=person(Role.SECTOR_HEAD, office, "Kari"),
            outsider=UserFactory(name="Utenfor", email=f"utenfor@{slug}.example"),
        )


@pytest.fixture
def town(db: None) -> Town:
    return _make_town("storvik", "Storvik")


@pytest.fixture
def other_town(db: None) -> Town:
    return _make_town("lillevik", "Lillevik")


@pytest.fixture
def come() -> Iterator[Come]:
    """A new reader: nobody in particular, or somebody signed in."""

    def make(user: User | None = None) -> Reader:
        client = Client(HTTP_ACCEPT_LANGUAGE="nb", REMOTE_ADDR=ADDRESS)
        if user is not None:
            client.force_login(User.objects.get(pk=user.pk))
        return Reader(client)

    return make


def idea_in(town: Town, **given: Any) -> Idea:
    """An idea that has come in to a town."""
    with scope(municipality=town.municipality.pk):
        return make_idea(town.municipality, **given)


def places_in(town: Town, *, amount: int = 5, quarters: int = 4, **given: Any) -> Source:
    """Places that the ward of a town has for initiatives, each quarter from the present one on."""
    with scope(municipality=town.municipality.pk):
        return make_source(town.ward, by=town.leader, amount=amount, quarters=quarters, name="Plasser", **given)


def start_work(reader: Reader, idea: Idea, source: Source, **changes: Any) -> Reader:
    """Fill in the start page of an idea, one place for one quarter, and press the button."""
    reader.open(f"/{idea.municipality.slug}/ideer/{idea.reference}/start/")
    filled = {
        "hypothesis": "Flere kan vente sittende.",
        "milestone": "Benken står der",
        need_field(source): "1",
        "reason": "Vi begynner i mai.",
        **changes,
    }
    return reader.press("Start arbeidet", **filled)
