"""Asking the API as somebody with a token, or as nobody in particular."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from django.core.cache import caches
from django.test import Client
from django_scopes import scope

from grobunn.accounts.models import User
from grobunn.ideas.tests.conftest import Town
from grobunn.kernel import ids
from grobunn.kernel.api import callers
from grobunn.organisations.models import Municipality, Role
from grobunn.organisations.tests.factories import MunicipalityFactory, RoleAssignmentFactory, UnitFactory

EVERYTHING = frozenset({"ideas:read", "ideas:write"})

Ask = Callable[..., Any]
Tokens = dict[str, "HeldToken"]


@dataclass(frozen=True)
class HeldToken:
    """A token as the feature that knows tokens would tell of it."""

    token_id: UUID
    user: User
    scopes: frozenset[str]
    is_service: bool = False


@pytest.fixture
def tokens(monkeypatch: pytest.MonkeyPatch) -> Tokens:
    """The tokens that the API knows, by what is sent."""
    known: Tokens = {}
    monkeypatch.setattr(callers, "_authenticators", [known.get])
    return known


@pytest.fixture
def ask(client: Client, tokens: Tokens) -> Ask:
    """Ask the API: `ask("post", "ideas/x/decline", {"reason": "…"}, by=town.adviser, scopes={"ideas:write"})`."""

    def send(
        method: str,
        path: str,
        body: Any = None,
        *,
        by: User | None = None,
        scopes: frozenset[str] = EVERYTHING,
        **headers: str,
    ) -> Any:
        if by is not None:
            raw = f"{by.pk}:{sorted(scopes)}"
            # Every request of a real caller reads its user anew.
            token_id = tokens[raw].token_id if raw in tokens else ids.new_id()
            tokens[raw] = HeldToken(token_id, User.objects.get(pk=by.pk), scopes)
            headers["Authorization"] = f"Bearer {raw}"
        sent = {} if method == "get" else {"data": body if body is not None else {}, "content_type": "application/json"}
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        return getattr(client, method)(f"/api/v1/{path}", headers=headers, **sent)

    return send


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
