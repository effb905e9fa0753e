"""Asking the API of initiatives as somebody with a token, or as nobody in particular."""

import pytest
from django.test import Client

from grobunn.accounts.tests.asking import Ask, asker, known_tokens

EVERYTHING = frozenset({"initiatives:read", "initiatives:write"})


@pytest.fixture
def ask(client: Client, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Ask the API: `ask("post", "initiatives/x-i1/reports", {"done": "…"}, by=town.leader)`."""
    return asker(client, known_tokens(monkeypatch), scopes=EVERYTHING)
