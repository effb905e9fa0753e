"""Asking the API of pitch days, in the small municipality of the other tests."""

from collections.abc import Callable
from typing import Any

import pytest

from grobunn.juries.tests.api.conftest import ask as ask_panels
from grobunn.pitching.tests.conftest import Town, town

__all__ = ["Town", "ask", "ask_panels", "town"]

Ask = Callable[..., Any]
EVERYTHING = frozenset({"pitching:read", "pitching:write"})


@pytest.fixture
def ask(ask_panels: Ask) -> Ask:
    """Ask the API: `ask("put", "pitch-days/…/order", {"slots": []}, by=town.adviser)`."""

    def send(method: str, path: str, body: Any = None, *, scopes: frozenset[str] = EVERYTHING, **how: Any) -> Any:
        return ask_panels(method, path, body, scopes=scopes, **how)

    return send
