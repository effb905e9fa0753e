"""Asking the API of programmes as somebody with a token, or as nobody in particular."""

import pytest
from django.test import Client

from grobunn.accounts.tests.asking import Ask, asker, known_tokens

EVERYTHING = frozenset({"programmes:read", "programmes:write"})


@pytest.fixture
def ask(client: Client, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Ask the API: `ask("get", "municipalities/x/programmes", by=school.adviser)`."""
    return asker(client, known_tokens(monkeypatch), scopes=EVERYTHING)
