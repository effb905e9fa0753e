"""Asking the API of cases as somebody with a token, or as nobody in particular."""

import pytest
from django.test import Client

from grobunn.accounts.tests.asking import Ask, asker, known_tokens

EVERYTHING = frozenset({"cases:read", "cases:write"})


@pytest.fixture
def ask(client: Client, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Ask the API: `ask("post", "cases/x/adoptions", {"municipality": "…"}, by=neighbour.adviser)`."""
    return asker(client, known_tokens(monkeypatch), scopes=EVERYTHING)
