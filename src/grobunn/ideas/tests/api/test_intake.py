"""Sending an idea over the API, and what is like a text."""

import json
from datetime import UTC, date, datetime

import pytest
from django.db import connection

from grobunn.accounts.tests.asking import Ask
from grobunn.ideas.models import Contact, Idea, Source, Visibility
from grobunn.ideas.services import answer
from grobunn.ideas.tests.conftest import Town
from grobunn.ideas.tests.factories import make_idea
from grobunn.kernel import clock, ids
from grobunn.kernel.models import AnsweredRequest, AuditEntry, StateChange
from grobunn.kernel.testing import run_jobs
from grobunn.organisations.models import Municipality, Role
from grobunn.organisations.tests.factories import MunicipalityFactory

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
BENCH = {"text": "Sett opp en benk ved inngangen."}


def _send(ask: Ask, town: Town, body: object = None, **how: object) -> object:
    return ask("post", f"municipalities/{town.municipality.slug}/ideas", BENCH if body is None else body, **how)


def test_submit_tells_who_has_it_and_by_when(ask: Ask, town: Town) -> None:
    with clock.moved_to(MONDAY):
        response = _send(ask, town, {**BENCH, "unit": town.ward.slug}, Accept_Language="en")

    idea = Idea.objects.get()
    assert response.status_code == 201
    assert response.json() == {
        "reference": f"{town.municipality.slug}-1",
        "receipt": idea.receipt,
        "holder": {"role": "unit_leader", "unit": town.ward.name, "words": f"unit manager, {town.ward.name}"},
        "answer_due_on": "2026-12-07",
        "thread_url": f"http://testserver/t/{idea.receipt}/",
        "similar": [],
    }
    assert (idea.source, idea.unit, idea.holder) == (Source.API, town.ward, town.leader)


def test_submit_without_token_stores_nobody_and_no_address(ask: Ask, town: Town) -> None:
    response = _send(ask, town, Idempotency_Key="4d1c2f0e-9f0b-4a53", User_Agent="Agent-7")

    assert response.status_code == 201
    idea = Idea.objects.get()
    assert (idea.contact, idea.writer_id, idea.writer_email) == (Contact.RECEIPT, None, "")
    assert list(StateChange.objects.values_list("actor_id", flat=True)) == [None]
    assert list(AuditEntry.objects.values_list("actor_id", flat=True)) == [None]
    assert _rows_with("127.0.0.1") == []
    assert _rows_with("Agent-7") == []


def _rows_with(words: str) -> list[str]:
    """Tables in which a text stands anywhere."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        found = []
        for name in names:
            cursor.execute(f'SELECT count(*) FROM "{name}" t WHERE t::text LIKE %s', [f"%{words}%"])
            if cursor.fetchone()[0]:
                found.append(name)
    return found


def test_submit_anonymously_with_token_stores_nobody(ask: Ask, town: Town) -> None:
    _send(ask, town, {**BENCH, "is_anonymous": True, "email": "nora@test.example"}, by=town.nurse)

    idea = Idea.objects.get()
    assert (idea.contact, idea.writer_id, idea.writer_email) == (Contact.RECEIPT, None, "")
    assert list(StateChange.objects.values_list("actor_id", flat=True)) == [None]
    assert _rows_with("nora@test.example") == []


def test_submit_with_token_stores_the_writer(ask: Ask, town: Town) -> None:
    _send(ask, town, by=town.nurse)

    assert Idea.objects.get().writer == town.nurse


def test_submit_with_email_and_no_token_is_reached_by_email_in_the_municipalitys_language(ask: Ask, town: Town) -> None:
    Municipality.objects.filter(pk=town.municipality.pk).update(language_form="nn")

    _send(ask, town, {**BENCH, "email": "nora@test.example"})

    idea = Idea.objects.get()
    assert (idea.contact, idea.writer_email, idea.language) == (Contact.EMAIL, "nora@test.example", "nn")


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"text": "   "}, "/text"),
        ({"text": "x" * 20_001}, "/text"),
        ({"text": "Pasienten 01010750160 trenger hjelp"}, "/text"),
        ({"text": "Et nulltegn \x00 her"}, "/text"),
        ({**BENCH, "title": "01010750160"}, "/title"),
        ({**BENCH, "title": "x" * 121}, "/title"),
        ({**BENCH, "email": "nora"}, "/email"),
        ({**BENCH, "kind": "unknown"}, "/kind"),
        ({**BENCH, "unit": "finnes-ikke"}, "/unit"),
        ({"text": "Jeg vil varsle om trakassering på avdelingen"}, "/goes_on"),
        ({}, "/text"),
    ],
)
def test_submit_with_what_cannot_be_taken_names_the_field_and_keeps_nothing(
    ask: Ask, town: Town, body: dict[str, object], pointer: str
) -> None:
    response = _send(ask, town, body)

    problem = response.json()
    assert response.status_code == 422
    assert response["Content-Type"] == "application/problem+json"
    assert problem["type"] == "/api/v1/docs#invalid"
    assert [error["pointer"] for error in problem["errors"]] == [pointer]
    assert Idea.objects.count() == 0
    assert AuditEntry.objects.count() == 0


def test_submit_like_whistleblowing_goes_on_when_the_writer_wants(ask: Ask, town: Town) -> None:
    response = _send(ask, town, {"text": "Jeg vil varsle om trakassering på avdelingen", "goes_on": True})

    assert response.status_code == 201


def test_submit_to_unknown_municipality_is_not_found(ask: Ask, town: Town) -> None:
    for slug in ("finnes-ikke", "Store Bokstaver", "%00"):
        assert ask("post", f"municipalities/{slug}/ideas", BENCH).status_code == 404
    assert Idea.objects.count() == 0


def test_submit_to_municipality_not_in_use_is_refused(ask: Ask, db: None) -> None:
    municipality = MunicipalityFactory(is_in_use=False)

    assert ask("post", f"municipalities/{municipality.slug}/ideas", BENCH).status_code == 422


def test_submit_with_token_for_reading_only_is_denied_and_keeps_nothing(ask: Ask, town: Town) -> None:
    response = _send(ask, town, by=town.nurse, scopes=frozenset({"ideas:read"}))

    assert (response.status_code, response.json()["scope"]) == (403, "ideas:write")
    assert Idea.objects.count() == 0


def test_submit_again_under_an_idempotency_key_gives_the_same_receipt(ask: Ask, town: Town) -> None:
    first = _send(ask, town, Idempotency_Key="4d1c2f0e-9f0b-4a53")
    second = _send(ask, town, Idempotency_Key="4d1c2f0e-9f0b-4a53")

    assert (second.status_code, second.json()) == (201, first.json())
    assert Idea.objects.count() == 1
    assert AnsweredRequest.objects.count() == 1


def test_submit_again_under_the_senders_own_id_gives_the_same_idea(ask: Ask, town: Town) -> None:
    key = str(ids.new_id())
    first = _send(ask, town, {**BENCH, "key": key})
    second = _send(ask, town, {**BENCH, "key": key})

    assert first.json()["receipt"] == second.json()["receipt"]
    assert Idea.objects.count() == 1


def test_submit_more_often_than_the_rate_is_refused_and_tells_how_long_to_wait(ask: Ask, town: Town) -> None:
    statuses = [_send(ask, town, {"text": ""}).status_code for _ in range(60)]

    response = _send(ask, town)

    assert set(statuses) == {422}
    assert (response.status_code, response.json()["type"]) == (429, "/api/v1/docs#too-many-requests")
    assert 1 <= int(response["Retry-After"]) <= 60
    assert Idea.objects.count() == 0


def test_submit_with_too_large_a_body_is_refused(ask: Ask, town: Town) -> None:
    response = _send(ask, town, {"text": "x" * 300_000})

    assert (response.status_code, Idea.objects.count()) == (413, 0)


def test_submit_shows_what_the_sender_may_read_of_what_is_alike(ask: Ask, town: Town) -> None:
    text = "Felles sykkelverksted for barn på ungdomsskolen."
    shown = make_idea(town.municipality, text=text, visibility=Visibility.PUBLIC)
    hidden = make_idea(town.municipality, text=text, visibility=Visibility.INTERNAL)
    answer.solve(shown, actor=town.adviser, solution="https://demo.example/sykkel", reason="Det finnes.")
    run_jobs()

    anonymous = _send(ask, town, {"text": "Et sykkelverksted på ungdomsskolen"}).json()
    adviser = _send(ask, town, {"text": "Et sykkelverksted på ungdomsskolen"}, by=town.adviser).json()

    def references(sent: dict[str, object]) -> list[str]:
        return [match["url"].rstrip("/").rpartition("/")[2] for match in sent["similar"]]

    assert references(anonymous) == [shown.reference]
    assert references(adviser)[:2] == [shown.reference, hidden.reference]
    assert sent_reference(adviser) not in references(adviser)


def sent_reference(sent: dict[str, str]) -> str:
    return sent["reference"]


def test_similar_gives_title_address_state_score_and_why(ask: Ask, town: Town) -> None:
    idea = make_idea(
        town.municipality, title="Sykkelverksted", text="Felles sykkelverksted for barn.", visibility=Visibility.PUBLIC
    )
    answer.solve(idea, actor=town.adviser, solution="https://demo.example/sykkel", reason="Det finnes.")
    run_jobs()

    response = ask("get", f"similar?municipality={town.municipality.slug}&q=et%20sykkelverksted%20for%20barn")

    [match] = response.json()
    assert 0.3 <= match.pop("score") <= 1
    assert match == {
        "kind": "idea",
        "title": "Sykkelverksted",
        "url": f"http://testserver/{town.municipality.slug}/ideer/{idea.reference}/",
        "municipality": town.municipality.slug,
        "state": "solved",
        "why": ["sykkelverksted", "barn"],
        "passage": "",
    }


def test_similar_never_shows_another_municipalitys_internal_ideas(
    ask: Ask, town: Town, other_town: tuple[Municipality, object]
) -> None:
    make_idea(town.municipality, text="Sykkelverksted for barn.", visibility=Visibility.MUNICIPALITY)
    run_jobs()
    _, stranger = other_town

    path = f"similar?municipality={town.municipality.slug}&q=sykkelverksted"

    assert ask("get", path).json() == []
    assert ask("get", path, by=stranger).json() == []
    assert len(ask("get", path, by=town.nurse).json()) == 1


@pytest.mark.parametrize("query", ["", "og det som er i en på", "zzxxyy"])
def test_similar_to_nothing_is_nothing(ask: Ask, town: Town, query: str) -> None:
    make_idea(town.municipality, text="Sykkelverksted for barn.")
    run_jobs()

    response = ask("get", f"similar?municipality={town.municipality.slug}&q={query}", by=town.nurse)

    assert (response.status_code, json.loads(response.content)) == (200, [])


def test_similar_without_municipality_names_the_parameter(ask: Ask, db: None) -> None:
    response = ask("get", "similar?q=benk")

    assert response.status_code == 422
    assert [error["pointer"] for error in response.json()["errors"]] == ["municipality"]


def test_holder_falls_to_the_adviser_where_no_unit_is_given(ask: Ask, town: Town) -> None:
    assert _send(ask, town).json()["holder"]["role"] == Role.INNOVATION_ADVISER


def test_answer_date_follows_the_municipalitys_promise(ask: Ask, town: Town, answers_in: object) -> None:
    answers_in(5)
    with clock.moved_to(MONDAY):
        assert _send(ask, town).json()["answer_due_on"] == date(2026, 11, 30).isoformat()
