"""Capacity over the API: read, declared, raised, and what it refuses."""

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client, RequestFactory
from hypothesis import HealthCheck, Phase, given, settings
from pytest_django import DjangoAssertNumQueries
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from grobunn.accounts.tests.asking import Ask, HeldToken, Tokens, asker, known_tokens
from grobunn.capacity.api import router
from grobunn.capacity.errors import CapacityExceeded
from grobunn.capacity.kinds import Kind
from grobunn.capacity.models import Declaration, Declared, Source
from grobunn.capacity.quarters import Quarter
from grobunn.capacity.services.reserve import reserve
from grobunn.capacity.tests.conftest import Town
from grobunn.capacity.tests.factories import claim_of, hold, line, make_source
from grobunn.kernel import ids, limits
from grobunn.kernel.api import refusals
from grobunn.organisations.tests.factories import MunicipalityFactory, adviser_of

EVERYTHING = frozenset({"capacity:read", "capacity:write"})
READ = ("GET", "/api/v1/municipalities/{slug}/capacity")
DECLARE = ("PUT", "/api/v1/municipalities/{slug}/capacity/{source_id}/{quarter}")
RAISE = ("POST", "/api/v1/municipalities/{slug}/capacity/{source_id}/{quarter}/raise")
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@pytest.fixture
def tokens(monkeypatch: pytest.MonkeyPatch) -> Tokens:
    return known_tokens(monkeypatch)


@pytest.fixture
def ask(client: Client, tokens: Tokens) -> Ask:
    """Ask the API: `ask("get", town, by=town.leader)`; path is what stands after …/capacity."""
    send = asker(client, tokens, scopes=EVERYTHING)

    def ask_of(method: str, town: Town, path: str = "", body: Any = None, **given: Any) -> Any:
        return send(method, f"municipalities/{town.municipality.slug}/capacity{path}", body, **given)

    return ask_of


def test_capacity_is_read_by_source_and_quarter(ask: Ask, town: Town) -> None:
    source = make_source(town.ward, by=town.leader, amount="37.5", quarters=1, kind=Kind.IT, name="Programmerere")
    hold(town.ward, [line(source, 30)], by=town.leader)
    now = Quarter.now()

    told = ask("get", town, "?quarters=2", by=town.nurse).json()

    assert told["quarters"] == [now.code, (now + 1).code]
    assert [(each["name"], each["kind"], each["measure"], each["unit"]) for each in told["sources"]] == [
        ("Programmerere", "it", "hours", town.ward.slug)
    ]
    assert told["sources"][0]["loads"] == [
        {
            "quarter": now.code,
            "declared": 37.5,
            "reserved": 30.0,
            "left": 7.5,
            "over": 0.0,
            "used": 0.0,
            "is_declared": True,
        },
        {
            "quarter": (now + 1).code,
            "declared": 0.0,
            "reserved": 0.0,
            "left": 0.0,
            "over": 0.0,
            "used": 0.0,
            "is_declared": False,
        },
    ]


def test_capacity_of_a_unit_holds_what_is_below_it(ask: Ask, town: Town) -> None:
    make_source(town.ward, by=town.leader, name="Under")
    make_source(town.office, by=town.director, name="Over")

    below = ask("get", town, f"?unit={town.ward.slug}", by=town.nurse).json()
    above = ask("get", town, f"?unit={town.office.slug}", by=town.nurse).json()
    unknown = ask("get", town, "?unit=finnes-ikke", by=town.nurse)

    assert [each["name"] for each in below["sources"]] == ["Under"]
    assert sorted(each["name"] for each in above["sources"]) == ["Over", "Under"]
    assert unknown.status_code == 422


@pytest.mark.parametrize("count", [1, 3])
def test_capacity_costs_the_same_with_one_and_with_three(
    ask: Ask, town: Town, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for _ in range(count):
        make_source(town.ward, by=town.leader)
    ask("get", town, by=town.nurse)

    with django_assert_num_queries(READ_SQL):
        ask("get", town, by=town.nurse)


READ_SQL = 8


def test_declared_and_raised_over_the_api(ask: Ask, town: Town) -> None:
    source = make_source(town.ward, by=town.leader, amount=40)
    path = f"/{source.pk}/{Quarter.now().code}"

    declared = ask("put", town, path, {"amount": 50, "reason": "Ny stilling."}, by=town.leader)
    raised = ask("post", town, f"{path}/raise", {"amount": 60, "reason": "Vi låner."}, by=town.leader)
    again = ask("post", town, f"{path}/raise", {"amount": 60, "reason": "Vi låner."}, by=town.leader)

    assert (declared.status_code, declared.json()["left"]) == (200, 50.0)
    assert (raised.status_code, raised.json()["declared"]) == (200, 60.0)
    assert again.status_code == 409
    assert [each.reason for each in Declared.objects.filter(source=source).exclude(reason="").order_by("at")] == [
        "Ny stilling.",
        "Vi låner.",
    ]


@pytest.mark.parametrize(
    ("who", "status"), [("nobody", 401), ("nurse", 403), ("without_scope", 403), ("outsider", 404), ("others", 404)]
)
def test_declaring_is_refused_and_nothing_changes(ask: Ask, town: Town, who: str, status: int) -> None:
    source = make_source(town.ward, by=town.leader, amount=40)
    people = {"nobody": None, "nurse": town.nurse, "outsider": town.outsider, "without_scope": town.leader}
    by = people[who] if who in people else adviser_of(MunicipalityFactory(is_in_use=True))
    scopes = frozenset({"capacity:read"}) if who == "without_scope" else EVERYTHING

    refused = ask("put", town, f"/{source.pk}/{Quarter.now().code}", {"amount": 50}, by=by, scopes=scopes)

    assert refused.status_code == status
    assert set(Declaration.objects.values_list("amount", flat=True)) == {Decimal(40)}


def test_too_little_capacity_is_told_with_what_is_missing_and_when_it_is_free(town: Town) -> None:
    source = make_source(town.ward, by=town.leader, amount=10, quarters=2, name="Jurister", kind=Kind.LEGAL)
    hold(town.ward, [line(source, 8)], by=town.leader)
    with pytest.raises(CapacityExceeded) as refused:
        reserve(claim_of(town.ward), lines=[line(source, 5)], actor=town.leader)

    answer = refusals.tell(RequestFactory().post("/"), refused.value)

    assert answer is not None
    told = json.loads(answer.content)
    assert (answer.status_code, answer["Content-Type"]) == (409, "application/problem+json")
    assert told["type"].endswith("capacity-exceeded")
    assert told["free_from"] == (Quarter.now() + 1).code
    names = ("source_name", "wanted", "left", "over", "missing")
    assert [tuple(each[name] for name in names) for each in told["missing"]] == [("Jurister", 5.0, 2.0, 0.0, 3.0)]


@pytest.fixture
def _in_the_tests_transaction() -> Iterator[None]:
    """Keep the connection open from request to request, as Django's own test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("_in_the_tests_transaction")
@pytest.mark.parametrize("mode", list(GenerationMode))
@pytest.mark.parametrize(("method", "path"), [READ, DECLARE, RAISE])
def test_operation_keeps_its_description(
    town: Town,
    tokens: Tokens,
    monkeypatch: pytest.MonkeyPatch,
    method: str,
    path: str,
    mode: GenerationMode,
) -> None:
    monkeypatch.setattr(limits, "spend", lambda *_args, **_kwargs: None)
    source: Source = make_source(town.ward, by=town.leader)
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    tokens["leader"] = HeldToken(ids.new_id(), town.leader, EVERYTHING)
    known = {"slug": town.municipality.slug, "source_id": str(source.pk), "quarter": Quarter.now().code}

    @settings(
        max_examples=12,
        database=None,
        deadline=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=schema[path][method].as_strategy(generation_mode=mode))
    def keeps_it(case: Any) -> None:
        if mode == GenerationMode.POSITIVE:
            case.path_parameters = {name: known[name] for name in case.path_parameters or {}}
        case.call_and_validate(headers={"Authorization": "Bearer leader"}, checks=CHECKS)

    keeps_it()


def test_every_operation_is_tried() -> None:
    found = {
        (method, f"/api/v1{path}")
        for path, view in router.path_operations.items()
        for operation in view.operations
        for method in operation.methods
    }
    assert found == {READ, DECLARE, RAISE}
