"""Asking the API of programmes as somebody with a token, or as nobody in particular."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from grobunn.accounts.models import User
from grobunn.kernel import ids
from grobunn.kernel.api import callers

EVERYTHING = frozenset({"programmes:read"})

Ask = Callable[..., Any]


@dataclass(frozen=True)
class HeldToken:
    """A token as the feature that knows tokens would tell of it."""

    token_id: UUID
    user: User
    scopes: frozenset[str]
    is_service: bool = False


@pytest.fixture
def ask(client: Client, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Ask the API: `ask("post", "cohorts/…", {"done": "…"}, by=town.leader)`."""
    known: dict[str, HeldToken] = {}
    monkeypatch.setattr(callers, "_authenticators", [known.get])

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
            token_id = known[raw].token_id if raw in known else ids.new_id()
            known[raw] = HeldToken(token_id, User.objects.get(pk=by.pk), scopes)
            headers["Authorization"] = f"Bearer {raw}"
        sent = {} if method == "get" else {"data": body if body is not None else {}, "content_type": "application/json"}
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        return getattr(client, method)(f"/api/v1/{path}", headers=headers, **sent)

    return send
