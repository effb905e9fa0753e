"""The queue for room: served in the order of asking, each called once, and the room kept for whoever was called."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django_scopes import scope

from grobunn.capacity.claims import Claim
from grobunn.capacity.events import RoomFound
from grobunn.capacity.models import Source, Want
from grobunn.capacity.quarters import Quarter
from grobunn.capacity.queries.queue import place_of, queue_of
from grobunn.capacity.services.declare import raise_capacity
from grobunn.capacity.services.queue import call_all_waiting, call_waiting, join_queue, leave_queue
from grobunn.capacity.services.reserve import release
from grobunn.capacity.services.sources import close_source
from grobunn.capacity.tests.conftest import Town
from grobunn.capacity.tests.factories import claim_of, hold, line, make_source
from grobunn.kernel import clock
from grobunn.kernel.events import _handlers
from grobunn.kernel.testing import forget_jobs, run_jobs
from grobunn.organisations.models import Role
from grobunn.organisations.tests.factories import MunicipalityFactory, RoleAssignmentFactory, UnitFactory


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[RoomFound]:
    """Everybody who is told that there is room."""
    heard: list[RoomFound] = []
    monkeypatch.setitem(_handlers, RoomFound.name, {"test.listener": heard.append})
    return heard


@pytest.fixture
def full(town: Town) -> tuple[Source, Claim]:
    """A source of two that one claim holds for two quarters; two more quarters are declared."""
    source = make_source(town.ward, by=town.leader, amount=2)
    return source, hold(town.ward, [line(source, 2), line(source, 2, ahead=1)], by=town.leader)


def _waiting(town: Town, source: Source, amount: int = 2, *, ahead: int = 0) -> Claim:
    claim = claim_of(town.ward)
    join_queue(claim, lines=[line(source, amount, ahead=ahead)])
    return claim


def test_each_has_a_place_and_the_quarter_in_which_there_is_room(town: Town, full: tuple[Source, Claim]) -> None:
    source, _holder = full
    first, second, third = (_waiting(town, source) for _ in range(3))

    places = queue_of(town.municipality.pk)

    now = Quarter.now()
    assert [(each.number, each.want.claim_id, each.expected) for each in places] == [
        (1, first.id, now + 2),
        (2, second.id, now + 3),
        (3, third.id, None),
    ]


def test_what_is_freed_calls_the_first_in_line_once(
    town: Town, full: tuple[Source, Claim], told: list[RoomFound]
) -> None:
    source, holder = full
    first, second = _waiting(town, source), _waiting(town, source)

    release(holder, actor=town.leader)
    run_jobs()
    call_waiting([source.pk])
    run_jobs()

    assert [(event.claim_id, event.quarter) for event in told] == [(first.id, Quarter.now().code)]
    assert Want.objects.get(claim_id=first.id).called_at is not None
    assert place_of(second.id) is not None
    assert Want.objects.get(claim_id=second.id).called_at is None


def test_a_small_need_further_back_is_called_when_the_first_does_not_fit(
    town: Town, full: tuple[Source, Claim], told: list[RoomFound]
) -> None:
    source, _holder = full
    _large, small = _waiting(town, source, 9), _waiting(town, source, 1)

    raise_capacity(source, quarter=Quarter.now(), amount=3, reason="Vi låner.", actor=town.leader)
    run_jobs()

    assert [event.claim_id for event in told] == [small.id]


def test_leaving_after_being_called_calls_the_next(
    town: Town, full: tuple[Source, Claim], told: list[RoomFound]
) -> None:
    source, holder = full
    first, second = _waiting(town, source), _waiting(town, source)
    release(holder, actor=town.leader)
    run_jobs()

    leave_queue(first.id)
    leave_queue(first.id)
    run_jobs()

    assert [event.claim_id for event in told] == [first.id, second.id]


def test_room_that_is_gone_again_leaves_the_called_one_in_its_old_place(
    town: Town, full: tuple[Source, Claim], told: list[RoomFound]
) -> None:
    source, holder = full
    first = _waiting(town, source)
    release(holder, actor=town.leader)
    run_jobs()
    other = hold(town.ward, [line(source, 2)], by=town.leader)

    call_all_waiting()
    waits = Want.objects.get(claim_id=first.id)
    release(other, actor=town.leader)
    run_jobs()

    assert (waits.called_at, waits.called_for_on) == (None, None)
    assert [event.claim_id for event in told] == [first.id, first.id]


def test_asking_again_keeps_the_place_with_the_new_need(town: Town, full: tuple[Source, Claim]) -> None:
    source, _holder = full
    first, second = _waiting(town, source), _waiting(town, source)

    join_queue(first, lines=[line(source, 1), line(source, 1), line(source, 1, ahead=1)])

    places = queue_of(town.municipality.pk)
    assert [each.want.claim_id for each in places] == [first.id, second.id]
    assert [(each.quarters_in, each.amount) for each in places[0].lines] == [(0, 2), (1, 1)]


def test_who_wants_to_begin_later_is_not_called_for_room_today(
    town: Town, full: tuple[Source, Claim], told: list[RoomFound]
) -> None:
    source, holder = full
    later = _waiting(town, source, ahead=2)

    release(holder, actor=town.leader)
    run_jobs()

    assert [(event.claim_id, event.quarter) for event in told] == [(later.id, (Quarter.now() + 2).code)]


def test_nobody_is_called_to_a_source_that_takes_nothing_new(
    town: Town, full: tuple[Source, Claim], told: list[RoomFound]
) -> None:
    source, holder = full
    waiting = _waiting(town, source)
    close_source(source, actor=town.leader)

    release(holder, actor=town.leader)
    run_jobs()

    place = place_of(waiting.id)
    assert told == []
    assert place is not None
    assert (place.expected, place.closed_source) == (None, source)


def test_a_new_quarter_calls_whoever_has_room_in_it(
    town: Town, full: tuple[Source, Claim], told: list[RoomFound]
) -> None:
    source, _holder = full
    first = _waiting(town, source)

    with clock.moved_by(days=(Quarter.now() + 2).first_day.toordinal() - clock.today().toordinal()):
        call_all_waiting()
        run_jobs()

    assert [event.claim_id for event in told] == [first.id]


def test_what_others_wait_for_of_a_lent_source_is_counted_in(town: Town, full: tuple[Source, Claim]) -> None:
    source, _holder = full
    neighbour = MunicipalityFactory(is_in_use=True)
    with scope(municipality=neighbour.pk):
        theirs = claim_of(UnitFactory(municipality=neighbour))
        join_queue(theirs, lines=[line(source, 2)])
    ours = _waiting(town, source)

    place = place_of(ours.id)

    assert place is not None
    assert (place.number, place.expected) == (1, Quarter.now() + 3)


@pytest.mark.django_db(transaction=True)
def test_two_who_call_at_the_same_moment_call_once(told: list[RoomFound]) -> None:
    here = MunicipalityFactory(is_in_use=True)
    with scope(municipality=here.pk):
        unit = UnitFactory(municipality=here)
        leader = RoleAssignmentFactory(municipality=here, unit=unit, role=Role.UNIT_LEADER).user
        source = make_source(unit, by=leader, amount=1)
        join_queue(claim_of(unit), lines=[line(source)])
        join_queue(claim_of(unit), lines=[line(source)])
    barrier = Barrier(3)

    def call(_number: int) -> int:
        try:
            barrier.wait()
            return len(call_waiting([source.pk]))
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        called = list(pool.map(call, range(3)))

    forget_jobs()
    assert sorted(called) == [0, 0, 1]
