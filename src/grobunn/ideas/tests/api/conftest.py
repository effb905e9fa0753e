"""Asking the API as somebody with a token, or as nobody in particular."""

from collections.abc import Callable, Iterator

import pytest
from django.core.cache import caches
from django.test import Client
from django_scopes import scope

from grobunn.accounts.models import User
from grobunn.accounts.tests.asking import Ask, Tokens, asker, known_tokens
from grobunn.ideas.tests.conftest import Town
from grobunn.organisations.models import Municipality, Role
from grobunn.organisations.tests.factories import MunicipalityFactory, RoleAssignmentFactory, UnitFactory

EVERYTHING = frozenset({"ideas:read", "ideas:write"})


@pytest.fixture
def tokens(monkeypatch: pytest.MonkeyPatch) -> Tokens:
    """The tokens that the API knows, by what is sent."""
    return known_tokens(monkeypatch)


@pytest.fixture
def ask(client: Client, tokens: Tokens) -> Ask:
    """Ask the API: `ask("post", "ideas/x/decline", {"reason": "…"}, by=town.adviser, scopes={"ideas:write"})`."""
    return asker(client, tokens, scopes=EVERYTHING)


@pytest.fixture
def other_town(db: None) -> Iterator[tuple[Municipality, User]]:
    """Another municipality and its adviser, who must not see the first one's."""
    municipality = MunicipalityFactory(is_in_use=True)
    with scope(municipality=municipality.pk):
        unit = UnitFactory(municipality=municipality)
        adviser = RoleAssignmentFactory(municipality=municipality, unit=unit, role=Role.INNOVATION_ADVISER).user
    return municipality, adviser


@pytest.fixture
def answers_in(town: Town) -> Callable[[int], None]:
    """Set the town's promise, past the half minute that a municipality is kept in a process."""

    def set_days(days: int) -> None:
        Municipality.objects.filter(pk=town.municipality.pk).update(answer_days=days, reminder_days=1)
        caches["process"].clear()

    return set_days
