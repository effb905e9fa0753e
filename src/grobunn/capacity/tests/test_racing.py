"""Actors at the same moment: never overbooked, never stuck."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django_scopes import scope

from grobunn.accounts.models import User
from grobunn.capacity.claims import Claim
from grobunn.capacity.errors import CapacityExceeded
from grobunn.capacity.models import Reservation, Source
from grobunn.capacity.quarters import Quarter
from grobunn.capacity.queries.loads import loads_of
from grobunn.capacity.services.declare import declare, raise_capacity
from grobunn.capacity.services.reserve import list_reservations, release, reserve
from grobunn.capacity.tests.factories import claim_of, held_of, hold, line, make_source
from grobunn.kernel import ids
from grobunn.kernel.statemachine import SomebodyWasFirst
from grobunn.kernel.testing import forget_jobs
from grobunn.organisations.models import Role, Unit
from grobunn.organisations.tests.factories import MunicipalityFactory, RoleAssignmentFactory, UnitFactory

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass(frozen=True)
class Place:
    """A unit and its leader, written for all to see."""

    unit: Unit
    leader: User


@pytest.fixture
def place() -> Place:
    here = MunicipalityFactory(is_in_use=True)
    with scope(municipality=here.pk):
        unit = UnitFactory(municipality=here)
        leader = RoleAssignmentFactory(municipality=here, unit=unit, role=Role.UNIT_LEADER).user
    return Place(unit, leader)


@pytest.fixture(autouse=True)
def _jobs_forgotten() -> Iterator[None]:
    """What these tests publish is kept for real: nobody else is to be told of it."""
    yield
    forget_jobs()


def _at_once(*works: Callable[[], object]) -> list[str]:
    """Let each work in a thread and a connection of its own, begun together. Returns: what became of each."""
    barrier = Barrier(len(works))

    def run(work: Callable[[], object]) -> str:
        try:
            barrier.wait()
            work()
            return "done"
        except (CapacityExceeded, SomebodyWasFirst) as refused:
            return type(refused).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def _source(place: Place, amount: int) -> Source:
    with scope(municipality=place.unit.municipality_id):
        return make_source(place.unit, by=place.leader, amount=amount, quarters=1)


def _left(source: Source) -> Decimal:
    return loads_of([source], quarters=[Quarter.now()]).of(source, Quarter.now()).left


def _held(source: Source) -> Decimal:
    with scope(municipality=source.municipality_id):
        return held_of(source)


def test_the_last_place_goes_to_one_of_six(place: Place) -> None:
    source = _source(place, 1)
    claims = [claim_of(place.unit) for _ in range(6)]

    outcomes = _at_once(*(_reserving(claim, [source], place.leader) for claim in claims))

    assert sorted(outcomes) == [*["CapacityExceeded"] * 5, "done"]
    assert (_held(source), _left(source)) == (Decimal(1), Decimal(0))


def test_sources_asked_for_in_different_orders_never_lock_each_other_out(place: Place) -> None:
    sources = [_source(place, 4) for _ in range(3)]
    orders = [sources, sources[::-1], [sources[1], sources[2], sources[0]], [sources[2], sources[0], sources[1]]]

    outcomes = _at_once(*(_reserving(claim_of(place.unit), order, place.leader) for order in orders))

    assert outcomes == ["done"] * 4
    assert [_left(source) for source in sources] == [Decimal(0)] * 3


def test_raising_while_somebody_reserves_is_never_too_much(place: Place) -> None:
    source = _source(place, 1)
    first, second = claim_of(place.unit), claim_of(place.unit)

    outcomes = _at_once(
        _reserving(first, [source], place.leader),
        _reserving(second, [source], place.leader),
        lambda: raise_capacity(
            source, quarter=Quarter.now(), amount=Decimal(2), reason="Vi låner.", actor=place.leader
        ),
    )

    assert outcomes[2] == "done"
    assert _held(source) == outcomes[:2].count("done")
    assert _left(source) == 2 - _held(source) >= 0


def test_lowering_while_somebody_reserves_is_told_as_over_or_refused(place: Place) -> None:
    source = _source(place, 1)

    outcomes = _at_once(
        _reserving(claim_of(place.unit), [source], place.leader),
        lambda: declare(source, amounts={Quarter.now(): Decimal(0)}, actor=place.leader),
    )

    assert outcomes[1] == "done"
    assert _left(source) == -_held(source) == (-1 if outcomes[0] == "done" else 0)


def test_one_claim_moved_in_two_tabs_holds_what_one_of_them_said(place: Place) -> None:
    sources = [_source(place, 1) for _ in range(3)]
    with scope(municipality=place.unit.municipality_id):
        claim = hold(place.unit, [line(sources[0])], by=place.leader)

    outcomes = _at_once(_reserving(claim, [sources[1]], place.leader), _reserving(claim, [sources[2]], place.leader))

    assert "done" in outcomes
    assert set(outcomes) <= {"done", "SomebodyWasFirst"}
    assert len(list_reservations(claim.id)) == 1
    assert list_reservations(claim.id)[0].source_id in {sources[1].pk, sources[2].pk}


def test_releasing_in_two_tabs_frees_once(place: Place) -> None:
    source = _source(place, 1)
    with scope(municipality=place.unit.municipality_id):
        claim = hold(place.unit, [line(source)], by=place.leader)

    outcomes = _at_once(*[lambda: release(claim, actor=place.leader)] * 3)

    assert outcomes == ["done"] * 3
    assert (_held(source), _left(source)) == (Decimal(0), Decimal(1))


def test_whoever_writes_past_the_service_is_refused_by_the_database(place: Place) -> None:
    source = _source(place, 1)

    def write() -> None:
        with scope(municipality=place.unit.municipality_id), transaction.atomic():
            _write_directly(source, place.unit)

    refusals = 0
    for _ in range(3):
        try:
            write()
        except IntegrityError:
            refusals += 1

    assert refusals == 2
    assert _held(source) == Decimal(1)


def test_writing_past_the_service_at_the_same_moment_is_refused_too(place: Place) -> None:
    source = _source(place, 1)

    def write() -> None:
        try:
            with scope(municipality=place.unit.municipality_id), transaction.atomic():
                _write_directly(source, place.unit)
        except DatabaseError as error:
            raise SomebodyWasFirst(str(error)) from error

    outcomes = _at_once(*[write] * 4, _reserving(claim_of(place.unit), [source], place.leader))

    assert outcomes.count("done") == 1
    assert _held(source) == Decimal(1)


def _reserving(claim: Claim, sources: Sequence[Source], by: User) -> Callable[[], object]:
    return lambda: reserve(claim, lines=[line(source) for source in sources], actor=by)


def _write_directly(source: Source, unit: Unit) -> None:
    Reservation.objects.create(
        municipality_id=unit.municipality_id,
        source=source,
        quarter_on=Quarter.now().first_day,
        claim_sort="test",
        claim_id=ids.new_id(),
        amount=Decimal(1),
    )
