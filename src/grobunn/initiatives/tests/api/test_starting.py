"""Starting work over the API: begun with everything it takes, or refused, and then nothing has changed."""

from typing import Any

import pytest

from grobunn.accounts.tests.asking import Ask
from grobunn.capacity.models import Reservation, Source
from grobunn.capacity.quarters import Quarter
from grobunn.ideas.models import Idea
from grobunn.ideas.states import IdeaState
from grobunn.ideas.tests.factories import make_idea
from grobunn.initiatives.models import Initiative
from grobunn.initiatives.tests.conftest import Town
from grobunn.initiatives.tests.factories import make_initiative, make_source
from grobunn.kernel import ids


@pytest.fixture
def idea(town: Town) -> Idea:
    return make_idea(town.municipality, unit=town.ward)


@pytest.fixture
def source(town: Town) -> Source:
    return make_source(town.ward, by=town.leader, amount=1, quarters=2)


def _body(source: Source, **changes: Any) -> dict[str, Any]:
    return {
        "hypothesis": "Flere kan vente sittende.",
        "milestone": "Benken står der",
        "milestone_due_on": "2099-01-01",
        "need": [{"source": str(source.pk), "quarter": Quarter.now().code, "amount": 1}],
        "reason": "Vi begynner i mai.",
        **changes,
    }


def _start(ask: Ask, idea: Idea, body: dict[str, Any], **how: Any) -> Any:
    return ask("post", f"ideas/{idea.reference}/start", body, scopes=frozenset({"ideas:write"}), **how)


def _unchanged(idea: Idea) -> bool:
    idea.refresh_from_db()
    return idea.state == IdeaState.RECEIVED and not Initiative.objects.exists()


def test_start_answers_with_the_initiative_and_its_owner(ask: Ask, town: Town, idea: Idea, source: Source) -> None:
    response = _start(ask, idea, _body(source), by=town.adviser)

    told = response.json()
    assert response.status_code == 201
    assert told["reference"] == f"{town.municipality.slug}-i1"
    assert told["owner"]["role"] == "unit_leader"
    assert told["idea"] == {"reference": idea.reference, "state": "started", "version": 2}
    assert [row.amount for row in Reservation.objects.all()] == [1]


def test_start_without_room_says_what_is_missing_and_when_it_is_free(
    ask: Ask, town: Town, idea: Idea, source: Source
) -> None:
    make_initiative(town.ward, owner=town.leader, by=town.adviser, source=source)

    response = _start(ask, idea, _body(source), by=town.adviser)

    told = response.json()
    idea.refresh_from_db()
    assert response.status_code == 409
    assert response["Content-Type"] == "application/problem+json"
    assert told["type"].endswith("capacity-exceeded")
    assert told["free_from"] == (Quarter.now() + 1).code
    assert [(each["source"], each["quarter"], each["missing"]) for each in told["missing"]] == [
        (str(source.pk), Quarter.now().code, 1.0)
    ]
    assert idea.state == IdeaState.RECEIVED


def test_start_sent_twice_under_one_key_begins_once(ask: Ask, town: Town, idea: Idea, source: Source) -> None:
    body = _body(source, key=str(ids.new_id()))

    first, second = (_start(ask, idea, body, by=town.adviser).json() for _time in range(2))

    assert first["reference"] == second["reference"]
    assert Initiative.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"hypothesis": " "}, "/hypothesis"),
        ({"milestone_due_on": "2020-01-01"}, "/milestone_due_on"),
        ({"need": []}, "/need"),
        ({"need": [{"source": "00000000-0000-0000-0000-000000000000", "quarter": "2099-1", "amount": 1}]}, "/need"),
        ({"unit": "finnes-ikke"}, "/unit"),
        ({"owner_email": "ingen@sted.example"}, "/owner"),
        ({"method": "finnes-ikke"}, "/method"),
    ],
)
def test_start_lacking_something_names_the_field_and_changes_nothing(
    ask: Ask, town: Town, idea: Idea, source: Source, changes: dict[str, Any], pointer: str
) -> None:
    response = _start(ask, idea, _body(source, **changes), by=town.adviser)

    assert response.status_code == 422
    assert [error["pointer"] for error in response.json()["errors"]] == [pointer]
    assert _unchanged(idea)


def test_start_of_what_has_begun_is_a_conflict(ask: Ask, town: Town, idea: Idea, source: Source) -> None:
    _start(ask, idea, _body(source), by=town.adviser)

    response = _start(ask, idea, _body(source), by=town.adviser)

    assert response.status_code == 409
    assert response.json()["type"].endswith("#conflict")
    assert Initiative.objects.count() == 1


@pytest.mark.parametrize(("who", "status"), [("nurse", 403), ("outsider", 404)])
def test_start_by_somebody_who_does_not_answer_is_refused(
    ask: Ask, town: Town, idea: Idea, source: Source, who: str, status: int
) -> None:
    assert _start(ask, idea, _body(source), by=getattr(town, who)).status_code == status
    assert _unchanged(idea)
