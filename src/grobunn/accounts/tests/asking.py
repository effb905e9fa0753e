"""Asking the API as somebody with a token, or as nobody in particular; each feature's tests say with which scopes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from grobunn.accounts.models import User
from grobunn.kernel import ids
from grobunn.kernel.api import callers

Ask = Callable[..., Any]
Tokens = dict[str, "HeldToken"]


@dataclass(frozen=True)
class HeldToken:
    """A token as the feature that knows tokens would tell of it."""

    token_id: UUID
    user: User
    scopes: frozenset[str]
    is_service: bool = False


def known_tokens(monkeypatch: pytest.MonkeyPatch) -> Tokens:
    """The tokens that the API knows for as long as a test lasts, by what is sent; empty at first."""
    known: Tokens = {}
    monkeypatch.setattr(callers, "_authenticators", [known.get])
    return known


def asker(client: Client, tokens: Tokens, *, scopes: frozenset[str]) -> Ask:
    """What asks the API: `ask("post", "ideas/x/decline", {"reason": "…"}, by=town.adviser, scopes=…, if_match="1")`.

    Takes: scopes, of a token where the question names none.
    """

    def ask(
        method: str,
        path: str,
        body: Any = None,
        *,
        by: User | None = None,
        scopes: frozenset[str] = scopes,
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

    return ask
