"""Asking the API of panels as somebody with a token, or as nobody in particular."""

import pytest
from django.test import Client

from grobunn.accounts.tests.asking import Ask, asker, known_tokens

EVERYTHING = frozenset({"juries:read", "juries:write"})


@pytest.fixture
def ask(client: Client, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Ask the API: `ask("post", "panels/x-p1/declarations", {"declarations": []}, by=member.user)`."""
    return asker(client, known_tokens(monkeypatch), scopes=EVERYTHING)
