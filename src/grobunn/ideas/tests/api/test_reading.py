"""Reading ideas over the API: who sees what, in how many statements."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from grobunn.accounts.models import User
from grobunn.accounts.tests.asking import Ask
from grobunn.ideas.models import Idea, Visibility
from grobunn.ideas.services import answer
from grobunn.ideas.tests.conftest import Town
from grobunn.ideas.tests.factories import make_idea
from grobunn.kernel.actors import ReceiptHolder
from grobunn.kernel.models import StateChange
from grobunn.organisations.models import Municipality


def _list(ask: Ask, town: Town, query: str = "", **how: object) -> Any:
    return ask("get", f"municipalities/{town.municipality.slug}/ideas{query}", **how)


def _references(response: Any) -> list[str]:
    return [item["reference"] for item in response.json()["items"]]


def _one_of_each(town: Town) -> dict[str, Idea]:
    made = {each.value: make_idea(town.municipality, visibility=each, unit=town.ward) for each in Visibility}
    made["published"] = make_idea(town.municipality, visibility=Visibility.PUBLIC)
    answer.take_up(made["published"], actor=town.adviser)
    return made


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("", ["published"]),
        ("outsider", ["published"]),
        ("stranger", ["published"]),
        ("nurse", ["published", "public", "municipality"]),
        ("leader", ["published", "public", "municipality", "internal"]),
        ("adviser", ["published", "public", "municipality", "internal"]),
    ],
)
def test_list_shows_what_the_caller_may_read_newest_first(
    ask: Ask, town: Town, other_town: tuple[Municipality, User], who: str, seen: list[str]
) -> None:
    made = _one_of_each(town)
    caller = other_town[1] if who == "stranger" else getattr(town, who) if who else None

    response = _list(ask, town, by=caller)

    assert _references(response) == [made[name].reference for name in seen]


def test_list_never_tells_receipts_or_addresses(ask: Ask, town: Town) -> None:
    idea = make_idea(town.municipality, contact="email", email="nora@test.example")

    text = _list(ask, town, by=town.adviser).content.decode()

    assert idea.reference in text
    assert idea.receipt not in text
    assert "nora@test.example" not in text


def test_list_is_narrowed_by_state_and_kind(ask: Ask, town: Town) -> None:
    wanted = make_idea(town.municipality, kind="new_service")
    make_idea(town.municipality, kind="new_product")
    answer.take_up(make_idea(town.municipality, kind="new_service"), actor=town.adviser)

    response = _list(ask, town, "?state=received&kind=new_service", by=town.adviser)

    assert _references(response) == [wanted.reference]


def test_list_goes_on_from_page_to_page(ask: Ask, town: Town) -> None:
    made = [make_idea(town.municipality).reference for _ in range(5)]
    met: list[str] = []
    query = "?limit=2"
    while True:
        response = _list(ask, town, query, by=town.adviser)
        met += _references(response)
        if response.json()["next"] is None:
            break
        assert f'<{response.json()["next"]}>; rel="next"' in response["Link"]
        query = "?" + response.json()["next"].partition("?")[2]

    assert met == made[::-1]


@pytest.mark.parametrize(
    ("query", "status"), [("?cursor=nonsense", 400), ("?limit=0", 422), ("?limit=201", 422), ("?state=gone", 422)]
)
def test_list_with_unreadable_parameters_is_refused(ask: Ask, town: Town, query: str, status: int) -> None:
    response = _list(ask, town, query)

    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"


def test_list_with_token_without_the_scope_is_denied(ask: Ask, town: Town) -> None:
    response = _list(ask, town, by=town.adviser, scopes=frozenset({"organisations:read"}))

    assert (response.status_code, response.json()["scope"]) == (403, "ideas:read")


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_however_many_ideas(ask: Ask, town: Town, count: int) -> None:
    for _ in range(count):
        make_idea(town.municipality, unit=town.ward)
    _list(ask, town, by=town.adviser)

    with CaptureQueriesContext(connection) as queries:
        response = _list(ask, town, by=town.adviser)

    assert len(_references(response)) == count
    # The user (in the test's own helper), the rate, the roles, the ideas with their units.
    assert len(queries) == 4


@pytest.mark.parametrize("count", [1, 3])
def test_thread_costs_the_same_however_long(ask: Ask, town: Town, count: int) -> None:
    idea = make_idea(town.municipality)
    for _ in range(count):
        answer.ask(idea, actor=town.adviser, reason="Hvor?")
        answer.reply(idea, actor=ReceiptHolder(idea.receipt), reason="Der.")
    ask("get", f"threads/{idea.receipt}")

    with CaptureQueriesContext(connection) as queries:
        ask("get", f"threads/{idea.receipt}")

    # The rate, the idea, its newest step, its steps.
    assert len(queries) == 4


def test_thread_tells_the_life_without_names_or_rules(ask: Ask, town: Town) -> None:
    idea = make_idea(town.municipality, writer=town.nurse, unit=town.ward)
    answer.take_up(idea, actor=town.leader)

    response = ask("get", f"threads/{idea.receipt.lower().replace('-', '')}")

    thread = response.json()
    assert response.status_code == 200
    assert (thread["state"], thread["reference"]) == ("assessing", idea.reference)
    assert [entry["step"] for entry in thread["life"]] == ["create", "take_up"]
    assert thread["may"] == ["withdraw"]
    assert response["Cache-Control"] == "no-store, private"
    for name in (town.nurse.name, town.leader.name, town.nurse.email):
        assert name not in response.content.decode()


def test_thread_that_the_writer_has_read_cannot_be_taken_back_unseen(ask: Ask, town: Town) -> None:
    idea = make_idea(town.municipality)
    change = answer.decline(idea, actor=town.adviser, reason="Nei, fordi.")

    ask("get", f"threads/{idea.receipt}")

    idea.refresh_from_db()
    assert idea.writer_saw_at is not None
    assert idea.writer_saw_at >= StateChange.objects.get(pk=change.pk).at


@pytest.mark.parametrize("receipt", ["0000-0000-0000", "x", "%00", "trondheim-1"])
def test_thread_of_unknown_receipt_is_not_found(ask: Ask, town: Town, receipt: str) -> None:
    make_idea(town.municipality)

    response = ask("get", f"threads/{receipt}")

    assert (response.status_code, response.json()["type"]) == (404, "/api/v1/docs#not-found")


def test_municipalities_are_listed(ask: Ask, town: Town) -> None:
    response = ask("get", "municipalities")

    assert [row["slug"] for row in response.json()["items"]] == [town.municipality.slug]
