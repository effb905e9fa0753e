"""Taking steps over the API: who may, from where, and what is left when it is refused."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from grobunn.accounts.models import User
from grobunn.accounts.tests.asking import Ask
from grobunn.ideas.api.schemas import Step
from grobunn.ideas.forms.steps import FORMS
from grobunn.ideas.models import Idea, Visibility
from grobunn.ideas.services import answer
from grobunn.ideas.states import IdeaState
from grobunn.ideas.tests.conftest import Town
from grobunn.ideas.tests.factories import make_idea
from grobunn.kernel import clock
from grobunn.kernel.models import StateChange
from grobunn.organisations.models import Municipality

SOON = (clock.today() + timedelta(days=30)).isoformat()


def _step(ask: Ask, idea: Idea, name: str, body: object = None, **how: object) -> Any:
    return ask("post", f"ideas/{idea.reference}/{name}", body, **how)


def _unchanged(idea: Idea) -> bool:
    idea.refresh_from_db()
    return (idea.state, idea.version, StateChange.objects.filter(subject_id=idea.pk).count()) == (
        IdeaState.RECEIVED,
        1,
        1,
    )


def test_every_step_of_the_pages_but_starting_is_one_of_the_api() -> None:
    assert sorted(Step.__args__) == sorted(set(FORMS) - {"start"})


@pytest.mark.parametrize(
    ("name", "body", "state"),
    [
        ("take_up", {}, "assessing"),
        ("ask", {"reason": "Hvilken inngang?"}, "asked"),
        ("park", {"reason": "Vi venter på budsjettet.", "until": SOON, "condition": "Ny skole."}, "parked"),
        ("solve", {"reason": "Den står der.", "solution": "Benken ved parken"}, "solved"),
        ("decline", {"reason": "Det er ikke plass."}, "declined"),
        ("forward", {"role": "innovation_adviser"}, "received"),
    ],
)
def test_step_by_holder_moves_the_idea(ask: Ask, town: Town, name: str, body: object, state: str) -> None:
    idea = make_idea(town.municipality, unit=town.ward)

    response = _step(ask, idea, name, body, by=town.leader)

    idea.refresh_from_db()
    change = StateChange.objects.filter(subject_id=idea.pk).latest("at")
    assert response.status_code == 200
    assert response.json() == {
        "reference": idea.reference,
        "state": state,
        "version": 2,
        "change_id": str(change.pk),
    }
    assert (idea.state, change.edge, change.actor_id) == (state, name, town.leader.pk)


def test_forward_names_the_unit_by_its_short_name(ask: Ask, town: Town) -> None:
    idea = make_idea(town.municipality)

    _step(ask, idea, "forward", {"role": "unit_leader", "unit": town.ward.slug}, by=town.adviser)

    idea.refresh_from_db()
    assert (idea.holder, idea.holder_unit) == (town.leader, town.ward)


def test_merge_names_the_other_by_its_reference(ask: Ask, town: Town) -> None:
    idea, other = make_idea(town.municipality), make_idea(town.municipality)

    response = _step(ask, idea, "merge", {"into": other.reference}, by=town.adviser)

    idea.refresh_from_db()
    assert (response.status_code, idea.merged_into) == (200, other)


def test_reopen_by_adviser_brings_it_back(ask: Ask, town: Town) -> None:
    idea = make_idea(town.municipality)
    answer.decline(idea, actor=town.adviser, reason="Nei.")

    response = _step(ask, idea, "reopen", {"reason": "Vi så feil."}, by=town.adviser)

    assert response.json()["state"] == "received"


@pytest.mark.parametrize(
    ("name", "body", "pointers"),
    [
        ("decline", {}, ["/reason"]),
        ("decline", {"reason": "01010750160"}, ["/reason"]),
        ("park", {"reason": "Vent."}, ["/until"]),
        ("solve", {"reason": "Der."}, ["/solution"]),
        ("merge", {"into": "trondheim-999"}, ["/into"]),
        ("forward", {"role": "unit_leader", "unit": "finnes-ikke"}, ["/unit"]),
        ("forward", {}, ["/role"]),
        ("decline", {"reason": "x", "version": 0}, ["/version"]),
    ],
)
def test_step_lacking_something_names_the_field_and_changes_nothing(
    ask: Ask, town: Town, name: str, body: object, pointers: list[str]
) -> None:
    idea = make_idea(town.municipality)

    response = _step(ask, idea, name, body, by=town.adviser)

    assert response.status_code == 422
    assert [error["pointer"] for error in response.json()["errors"]] == pointers
    assert _unchanged(idea)


@pytest.mark.parametrize(
    ("name", "body"),
    [("reply", {"reason": "Der."}), ("reopen", {"reason": "x"}), ("park", {"reason": "x", "until": "2020-01-01"})],
)
def test_step_that_is_not_possible_now_is_a_conflict(ask: Ask, town: Town, name: str, body: object) -> None:
    idea = make_idea(town.municipality, writer=town.adviser)

    response = _step(ask, idea, name, body, by=town.adviser)

    assert (response.status_code, response.json()["type"]) == (409, "/api/v1/docs#conflict")
    assert _unchanged(idea)


def test_step_with_an_old_version_is_a_conflict_and_changes_nothing(ask: Ask, town: Town) -> None:
    idea = make_idea(town.municipality)
    answer.take_up(idea, actor=town.adviser)

    response = _step(ask, idea, "decline", {"reason": "Nei.", "version": 1}, by=town.adviser)

    idea.refresh_from_db()
    assert (response.status_code, idea.state) == (409, IdeaState.ASSESSING)


def test_step_without_token_is_asked_to_sign_in(ask: Ask, town: Town) -> None:
    idea = make_idea(town.municipality)

    response = _step(ask, idea, "decline", {"reason": "Nei."})

    assert (response.status_code, response["WWW-Authenticate"]) == (401, "Bearer")
    assert _unchanged(idea)


def test_step_with_token_for_reading_is_denied(ask: Ask, town: Town) -> None:
    idea = make_idea(town.municipality)

    response = _step(ask, idea, "decline", {"reason": "Nei."}, by=town.adviser, scopes=frozenset({"ideas:read"}))

    assert (response.status_code, response.json()["scope"]) == (403, "ideas:write")
    assert _unchanged(idea)


def test_step_by_colleague_without_the_right_is_denied(ask: Ask, town: Town) -> None:
    idea = make_idea(town.municipality)

    response = _step(ask, idea, "decline", {"reason": "Nei."}, by=town.nurse)

    assert (response.status_code, response.json()["type"]) == (403, "/api/v1/docs#not-allowed")
    assert _unchanged(idea)


@pytest.mark.parametrize("who", ["nurse", "stranger", "outsider"])
def test_step_with_an_idea_that_one_may_not_see_is_not_found(
    ask: Ask, town: Town, other_town: tuple[Municipality, User], who: str
) -> None:
    idea = make_idea(town.municipality, visibility=Visibility.INTERNAL)
    caller = other_town[1] if who == "stranger" else getattr(town, who)

    response = _step(ask, idea, "decline", {"reason": "Nei."}, by=caller)
    unknown = ask("post", f"ideas/{town.municipality.slug}-999/decline", {"reason": "Nei."}, by=caller)

    assert (response.status_code, response.json()) == (404, unknown.json())
    assert _unchanged(idea)


def test_step_of_unknown_name_is_refused(ask: Ask, town: Town) -> None:
    response = _step(ask, make_idea(town.municipality), "explode", by=town.adviser)

    assert (response.status_code, response.json()["errors"][0]["pointer"]) == (422, "transition")


def test_step_again_under_an_idempotency_key_is_taken_once(ask: Ask, town: Town) -> None:
    idea = make_idea(town.municipality)
    key = {"Idempotency_Key": "4d1c2f0e-9f0b-4a53"}
    first = _step(ask, idea, "decline", {"reason": "Nei."}, by=town.adviser, **key)

    again = _step(ask, idea, "decline", {"reason": "Nei."}, by=town.adviser, **key)

    assert (first.status_code, again.status_code, again.json()) == (200, 200, first.json())
    assert StateChange.objects.filter(subject_id=idea.pk, edge="decline").count() == 1


def test_writer_answers_by_receipt(ask: Ask, town: Town) -> None:
    idea = make_idea(town.municipality)
    answer.ask(idea, actor=town.adviser, reason="Hvilken inngang?")

    response = ask("post", f"threads/{idea.receipt}/reply", {"reason": "Den mot parken."})

    change = StateChange.objects.filter(subject_id=idea.pk).latest("at")
    assert (response.status_code, response.json()["state"]) == (200, "assessing")
    assert (change.reason, change.actor_id, change.actor_kind) == ("Den mot parken.", None, "receipt")


def test_writer_withdraws_by_receipt(ask: Ask, town: Town) -> None:
    idea = make_idea(town.municipality)

    assert ask("post", f"threads/{idea.receipt}/withdraw").json()["state"] == "withdrawn"


def test_receipt_opens_no_other_step(ask: Ask, town: Town) -> None:
    idea = make_idea(town.municipality)

    assert ask("post", f"threads/{idea.receipt}/decline", {"reason": "Nei."}).status_code == 422
    assert ask("post", "threads/0000-0000-0000/withdraw").status_code == 404
    assert _unchanged(idea)


@pytest.mark.parametrize("others", [0, 2])
def test_step_costs_the_same_however_many_ideas(ask: Ask, town: Town, others: int) -> None:
    idea = make_idea(town.municipality)
    for _ in range(others):
        make_idea(town.municipality)

    with CaptureQueriesContext(connection) as queries:
        _step(ask, idea, "take_up", by=town.adviser)

    assert len(queries) == 12  # One reads the municipality, which a process then keeps for a while.
