"""No room: what the page says, and the ways on, each from the form as it was written."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils.translation import override

from grobunn.capacity.events import RoomFound
from grobunn.capacity.models import Declared, Reservation, Source, Want, WantLine
from grobunn.capacity.quarters import Quarter
from grobunn.capacity.queries.room import Line
from grobunn.capacity.services.declare import declare
from grobunn.ideas.models import Idea
from grobunn.ideas.queries.life import life_of
from grobunn.ideas.services.answer import decline
from grobunn.ideas.services.undo import undo
from grobunn.ideas.services.waking import wake_waiting
from grobunn.ideas.states import IdeaState
from grobunn.ideas.tests.factories import make_idea
from grobunn.ideas.waking import WaitsFor
from grobunn.initiatives.handlers.waiting import wake_idea_with_room
from grobunn.initiatives.models import Feed, Initiative
from grobunn.initiatives.services.ways import raise_and_start, wait_for_room
from grobunn.initiatives.tests.conftest import Town
from grobunn.initiatives.tests.factories import beginning_of, make_initiative, make_source, need_field
from grobunn.initiatives.tests.test_start_page import address, filled
from grobunn.kernel import clock
from grobunn.kernel.models import StateChange
from grobunn.kernel.testing import run_jobs
from grobunn.notifications.models import Notice
from grobunn.notifications.words import text_of


@pytest.fixture
def idea(town: Town) -> Idea:
    return make_idea(town.municipality, unit=town.ward, writer=town.nurse)


@pytest.fixture
def full(town: Town) -> Source:
    """One place in each of two quarters; the present one is taken."""
    source = make_source(town.ward, by=town.leader, amount=1, quarters=2)
    make_initiative(town.ward, owner=town.leader, by=town.adviser, source=source, title="Den som var først")
    return source


def _sent(idea: Idea, town: Town, source: Source, way: str = "", **changes: Any) -> dict[str, Any]:
    later = need_field(source, Quarter.now() + 1)
    return {**filled(idea, town, source), later: "", "vei": way, **changes}


def _line(source: Source) -> list[Line]:
    return [Line(source=source, quarter=Quarter.now(), amount=Decimal(1))]


def test_refusal_says_what_is_missing_when_there_is_room_and_who_may_raise(
    client: Client, town: Town, idea: Idea, full: Source
) -> None:
    client.force_login(town.adviser)

    response = client.post(address(idea), _sent(idea, town, full))

    page = response.content.decode()
    assert response.status_code == 409
    assert str(Quarter.now() + 1) in page
    assert town.leader.name in page
    assert town.director.name in page
    assert "Den som var først" in page
    assert 'value="hev"' not in page


def test_refusal_of_a_source_that_is_over_says_how_much_and_what_is_missing_in_all(
    client: Client, town: Town, idea: Idea, full: Source
) -> None:
    declare(full, amounts={Quarter.now(): Decimal(0)}, actor=town.leader)
    client.force_login(town.adviser)

    with override("en"):
        page = client.post(address(idea), _sent(idea, town, full), headers={"Accept-Language": "en"}).content.decode()

    assert "1 place needed, and 1 place too much is promised already. In all 2 is missing." in page


def test_whoever_may_raises_and_starts_at_once(client: Client, town: Town, idea: Idea, full: Source) -> None:
    client.force_login(town.leader)

    offered = client.post(address(idea), _sent(idea, town, full)).content.decode()
    lacking = client.post(address(idea), _sent(idea, town, full, "hev"))
    done = client.post(
        address(idea), _sent(idea, town, full, "hev", **{"way-raise_reason": "Vi har fått en stilling."})
    )

    told = Declared.objects.get(is_raise=True)
    assert 'value="hev"' in offered
    assert lacking.status_code == 422
    assert done.status_code == 302
    assert (told.before, told.after, told.reason) == (1, 2, "Vi har fått en stilling.")
    assert Feed.objects.get(idea=idea).initiative.first_quarter_on == Quarter.now().first_day


def test_raising_by_somebody_who_may_not_changes_nothing(town: Town, idea: Idea, full: Source) -> None:
    beginning = beginning_of(town.ward, owner=town.leader, lines=_line(full))

    with pytest.raises(PermissionDenied):
        raise_and_start(town.municipality, beginning=beginning, ideas=[idea], reason="Bare fordi.", actor=town.adviser)

    idea.refresh_from_db()
    assert (idea.state, Initiative.objects.count()) == (IdeaState.RECEIVED, 1)
    assert not Declared.objects.filter(is_raise=True).exists()


def test_begin_later_reserves_in_the_quarter_that_was_offered(
    client: Client, town: Town, idea: Idea, full: Source
) -> None:
    client.force_login(town.adviser)
    later = Quarter.now() + 1

    response = client.post(address(idea), _sent(idea, town, full, f"vent:{later.code}"))

    initiative = Feed.objects.get(idea=idea).initiative
    assert response.status_code == 302
    assert initiative.first_quarter_on == later.first_day
    assert [row.quarter_on for row in Reservation.objects.filter(claim_id=initiative.pk)] == [later.first_day]


def test_parking_in_the_queue_asks_for_a_word_and_a_day_only(
    client: Client, town: Town, idea: Idea, full: Source
) -> None:
    client.force_login(town.adviser)
    until = (clock.today() + timedelta(days=40)).isoformat()
    sent = _sent(idea, town, full, "parker", hypothesis="", **{"way-wait_until": until})

    lacking = client.post(address(idea), sent)
    done = client.post(address(idea), {**sent, "way-wait_reason": "Vi venter på plass."})

    idea.refresh_from_db()
    assert lacking.status_code == 422
    assert 'id="ingen-plass"' in lacking.content.decode()
    assert done.status_code == 302
    assert (idea.state, idea.waits_for) == (IdeaState.PARKED, WaitsFor.CAPACITY)
    assert [(row.source, row.amount) for row in WantLine.objects.filter(want__claim_id=idea.pk)] == [(full, 1)]


def _parked(idea: Idea, town: Town, source: Source) -> None:
    until = clock.today() + timedelta(days=40)
    wait_for_room(idea, unit=town.ward, lines=_line(source), until=until, reason="Vi venter.", actor=town.adviser)


def test_idea_that_waits_is_woken_once_when_there_is_room_and_writer_and_holder_are_told(
    town: Town, idea: Idea, full: Source
) -> None:
    _parked(idea, town, full)
    quarter = Quarter.now()

    woken = [wake_waiting(WaitsFor.CAPACITY, idea_id=idea.pk, because=quarter.code) for _time in range(2)]
    run_jobs()

    idea.refresh_from_db()
    assert [len(each) for each in woken] == [1, 0]
    assert (idea.state, idea.waits_for) == (IdeaState.RECEIVED, "")
    with override("nb"):
        sentence = f"Det er plass til den i {quarter}, og ideen er tatt fram igjen."
        assert sentence in life_of(idea, is_member=True, is_handler=False)[-1].sentence
        writers = Notice.objects.get(recipient=town.nurse, kind="ideas.step")
        holders = Notice.objects.filter(recipient=town.leader, kind="ideas.to_answer").latest("created_at")
        assert sentence in text_of(writers)
        assert sentence in text_of(holders)


def test_another_answer_leaves_the_queue(town: Town, idea: Idea, full: Source) -> None:
    _parked(idea, town, full)
    run_jobs()
    assert Want.objects.filter(claim_id=idea.pk).exists()

    decline(idea, actor=town.adviser, reason="Nei, likevel ikke.")
    run_jobs()

    assert not Want.objects.filter(claim_id=idea.pk).exists()


def test_undo_of_parking_leaves_the_queue(town: Town, idea: Idea, full: Source) -> None:
    _parked(idea, town, full)

    undo(idea, change=StateChange.objects.get(subject_id=idea.pk, edge="park"), actor=town.adviser)

    assert idea.state == IdeaState.RECEIVED
    assert not Want.objects.filter(claim_id=idea.pk).exists()


def test_undo_of_start_gives_a_waiting_idea_its_old_place(town: Town, idea: Idea, full: Source) -> None:
    _parked(idea, town, full)
    since = Want.objects.get(claim_id=idea.pk).since
    free = Line(source=full, quarter=Quarter.now() + 1, amount=Decimal(1))
    make_initiative(town.ward, owner=town.leader, by=town.adviser, ideas=(idea,), lines=[free])
    assert not Want.objects.exists()

    undo(idea, change=StateChange.objects.get(subject_id=idea.pk, edge="start"), actor=town.adviser)

    want = Want.objects.get(claim_id=idea.pk)
    assert idea.state == IdeaState.PARKED
    assert abs((want.since - since).total_seconds()) < 5


def test_room_for_something_else_wakes_no_idea(town: Town, idea: Idea, full: Source) -> None:
    _parked(idea, town, full)

    event = RoomFound(
        municipality_id=town.municipality.pk, claim_sort="initiative", claim_id=idea.pk, quarter=Quarter.now().code
    )
    wake_idea_with_room(event)

    idea.refresh_from_db()
    assert idea.state == IdeaState.PARKED
