"""Search for other systems: results, facets and a cursor that holds while things come and go."""

import base64
from datetime import date
from typing import Any

import pytest
from django.test import Client

from grobunn.organisations.tests.factories import MunicipalityFactory, RoleAssignmentFactory, UnitFactory
from grobunn.search.api import SearchOut
from grobunn.search.registry import Visibility
from grobunn.search.tests.conftest import KIND, Notes

pytestmark = pytest.mark.django_db


def get(client: Client, **query: Any) -> dict[str, Any]:
    answer = client.get("/api/v1/search", query, headers={"accept-language": "en"})
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()
    return found


def titles(found: dict[str, Any]) -> list[str]:
    return [result["title"] for result in found["results"]]


def test_result_says_what_where_and_why(notes: Notes, client: Client) -> None:
    here = MunicipalityFactory(name="Ulstein", slug="ulstein")
    note = notes.add("Sensorer", here, text="Vi setter sensorer på alt.", state="started", written_on=date(2026, 3, 1))

    found = get(client, q="sensorer")

    assert found["results"] == [
        {
            "kind": KIND,
            "id": str(note.id),
            "title": "Sensorer",
            "url": "http://testserver/note/",
            "municipality": "ulstein",
            "municipality_name": "Ulstein",
            "state": "started",
            "state_label": "STARTED",
            "day": "2026-03-01",
            "passage": [
                {"text": "Vi setter ", "is_hit": False},
                {"text": "sensorer", "is_hit": True},
                {"text": " på alt.", "is_hit": False},
            ],
        }
    ]
    assert found["facets"]["state"] == [{"value": "started", "label": "STARTED", "count": 1}]
    assert found["facets"]["municipality"] == [{"value": "ulstein", "label": "Ulstein", "count": 1}]
    assert (found["count"], found["is_more"], found["did_you_mean"], found["next"]) == (1, False, "", None)


def test_answer_is_what_the_schema_says(notes: Notes, client: Client) -> None:
    notes.add("Sensorer", MunicipalityFactory(), text="Vi setter sensorer.", state="started", themes=("drift",))
    notes.add("Sensorer igjen", MunicipalityFactory(), written_on=date(2026, 3, 1))

    found = get(client, q="sensorer", limit=1)

    assert SearchOut.model_validate(found).model_dump(mode="json") == found


def test_narrowings_and_order_hold(notes: Notes, client: Client) -> None:
    here, there = MunicipalityFactory(), MunicipalityFactory()
    notes.add("Sensorer eldst", here, written_on=date(2024, 1, 1), state="started", themes=("drift",))
    notes.add("Sensorer nyest", there, written_on=date(2026, 1, 1), language="nn")

    assert titles(get(client, q="sensorer", sort="newest")) == ["Sensorer nyest", "Sensorer eldst"]
    for narrowed in ({"municipality": here.slug}, {"year": 2024}, {"state": "started"}, {"theme": "drift"}):
        assert titles(get(client, q="sensorer", **narrowed)) == ["Sensorer eldst"]
    assert titles(get(client, q="sensorer", language="nn", kind=KIND)) == ["Sensorer nyest"]
    assert titles(get(client, q="sensorer", kind="other")) == []


def test_pages_follow_each_other_while_things_come_and_go(notes: Notes, client: Client) -> None:
    here = MunicipalityFactory()
    made = [notes.add(f"Sensorer {number}", here, written_on=date(2026, 1, number)) for number in range(1, 8)]

    first = get(client, q="sensorer", sort="newest", limit=3)
    notes.add("Sensorer 8", here, written_on=date(2026, 1, 8))
    second = client.get(first["next"]).json()
    notes.hidden.add(made[1].id)
    last = client.get(second["next"]).json()

    assert titles(first) == ["Sensorer 7", "Sensorer 6", "Sensorer 5"]
    assert titles(second) == ["Sensorer 4", "Sensorer 3", "Sensorer 2"]
    assert titles(last) == ["Sensorer 1"]
    assert last["next"] is None


def test_hidden_is_in_neither_results_nor_counts(notes: Notes, client: Client) -> None:
    here = MunicipalityFactory()
    notes.add("Sensorer internt", here, visibility=Visibility.MUNICIPALITY, state="inside")
    gone = notes.add("Sensorer skjult", here, state="gone")
    notes.hidden.add(gone.id)

    found = get(client, q="sensorer")
    assert (found["count"], found["results"], found["facets"]["state"]) == (0, [], [])
    client.force_login(RoleAssignmentFactory(unit=UnitFactory(municipality=here)).user)
    assert titles(get(client, q="sensorer")) == ["Sensorer internt"]


def test_typing_error_is_put_right(notes: Notes, client: Client) -> None:
    notes.add("Sensorer i søppelkasser", MunicipalityFactory())

    assert get(client, q="søpelkaser")["did_you_mean"] == "søppelkasser"


@pytest.mark.parametrize(
    ("query", "status", "kind"),
    [
        ({}, 422, "invalid"),
        ({"q": "x", "limit": 0}, 422, "invalid"),
        ({"q": "x", "year": "i fjor"}, 422, "invalid"),
        ({"q": "x", "sort": "random"}, 422, "invalid"),
        ({"q": "x", "municipality": "finnes-ikke"}, 404, "not-found"),
        ({"q": "x", "cursor": "tull"}, 400, "bad-request"),
        ({"q": "x", "cursor": base64.urlsafe_b64encode(b'[1,"a"]').decode()}, 400, "bad-request"),
        ({"q": "x", "cursor": base64.urlsafe_b64encode(b'[1,[["a","b"]]]').decode()}, 400, "bad-request"),
    ],
)
def test_what_makes_no_sense_is_a_problem(client: Client, query: dict[str, Any], status: int, kind: str) -> None:
    answer = client.get("/api/v1/search", query)

    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["type"] == f"/api/v1/docs#{kind}"


@pytest.mark.parametrize("words", ["", "   ", "å" * 10_000, "(a+)+$" * 500, "🙂", "' | ! & :*", "\x00"])
def test_odd_words_are_answered(notes: Notes, client: Client, words: str) -> None:
    notes.add("Sensorer", MunicipalityFactory())

    assert titles(get(client, q=words)) == []
