"""The API keeps what its description says, whatever is sent: generated requests against every operation."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from grobunn.accounts.tests.asking import Ask, HeldToken, Tokens
from grobunn.ideas.api import router
from grobunn.ideas.models import Visibility
from grobunn.ideas.services import answer
from grobunn.ideas.tests.api.conftest import EVERYTHING
from grobunn.ideas.tests.conftest import Town
from grobunn.ideas.tests.factories import make_idea
from grobunn.kernel import ids, limits

EXAMPLES = 12
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
OPERATIONS = [
    ("GET", "/api/v1/municipalities"),
    ("POST", "/api/v1/municipalities/{slug}/ideas"),
    ("GET", "/api/v1/municipalities/{slug}/ideas"),
    ("GET", "/api/v1/similar"),
    ("GET", "/api/v1/threads/{receipt}"),
    ("POST", "/api/v1/threads/{receipt}/{transition}"),
    ("POST", "/api/v1/ideas/{reference}/{transition}"),
]


@pytest.fixture
def _in_the_tests_transaction() -> Iterator[None]:
    """Keep the connection open from request to request, as Django's own test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def addresses(town: Town, monkeypatch: pytest.MonkeyPatch, _in_the_tests_transaction: None) -> dict[str, str]:
    """What stands in addresses and exists; nobody is told that they ask too often."""
    monkeypatch.setattr(limits, "spend", lambda *_args, **_kwargs: None)
    idea = make_idea(town.municipality, visibility=Visibility.PUBLIC)
    answer.take_up(idea, actor=town.adviser)
    return {"slug": town.municipality.slug, "receipt": idea.receipt, "reference": idea.reference}


@pytest.mark.parametrize(
    ("method", "path", "mode"),
    [
        (method, path, mode)
        for method, path in OPERATIONS
        for mode in GenerationMode
        # A thread takes a text in its address and nothing else: no text is a wrong one.
        if (path, mode) != ("/api/v1/threads/{receipt}", GenerationMode.NEGATIVE)
    ],
)
def test_operation_keeps_its_description(
    town: Town, tokens: Tokens, addresses: dict[str, str], method: str, path: str, mode: GenerationMode
) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    tokens["adviser"] = HeldToken(ids.new_id(), town.adviser, EVERYTHING | {"organisations:read"})

    @settings(
        max_examples=EXAMPLES,
        database=None,
        deadline=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=schema[path][method].as_strategy(generation_mode=mode))
    def keeps_it(case: Any) -> None:
        for name in case.path_parameters or {}:
            case.path_parameters[name] = addresses.get(name, case.path_parameters[name])
        case.call_and_validate(headers={"Authorization": "Bearer adviser"}, checks=CHECKS)

    keeps_it()


@pytest.mark.parametrize(
    "path", ["municipalities/%00/ideas", "threads/%F0%9F%92%A1", "ideas/%00/decline", "ideas/%2F/x"]
)
def test_strange_addresses_are_answered_with_a_problem(ask: Ask, town: Town, path: str) -> None:
    method = "post" if path.startswith("ideas") else "get"

    response = ask(method, path, {"reason": "x"}, by=town.adviser)

    assert response.status_code in {404, 422}
    assert response["Content-Type"] == "application/problem+json"


def test_every_operation_of_ideas_is_tried() -> None:
    tried = {(method, path.removeprefix("/api/v1")) for method, path in OPERATIONS}

    found = {
        (method, path)
        for path, view in router.path_operations.items()
        for operation in view.operations
        for method in operation.methods
    }
    assert found == tried - {("GET", "/municipalities")}


def test_committed_description_is_the_one_that_is_served(client: Client, db: None) -> None:
    committed = Path(__file__).parents[5] / "docs" / "api" / "openapi.json"

    served = client.get("/api/v1/openapi.json", headers={"Accept-Language": "en"})

    # `grobunn write_reference` writes it anew.
    assert json.loads(committed.read_text(encoding="utf-8")) == served.json()
