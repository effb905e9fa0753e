"""The example API with its two tokens, and a client that sends JSON."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from grobunn.kernel.api import callers
from grobunn.kernel.api.tests.example import TOKENS


@pytest.fixture(autouse=True)
def _example_tokens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(callers, "_authenticators", [TOKENS.get])


@pytest.fixture
def send(client: Client) -> Callable[..., Any]:
    """Ask the example API: `send("post", "lines", {"action": "…"}, token="writer", key="…")`."""

    def ask(method: str, path: str, body: Any = None, *, token: str = "", key: str = "", **headers: str) -> Any:
        if token:
            headers["Authorization"] = f"Bearer {token}"
        if key:
            headers["Idempotency-Key"] = key
        return getattr(client, method)(
            f"/api/v1/{path}", data=body, content_type="application/json", headers={**headers}
        )

    return ask
