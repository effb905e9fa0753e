"""Reserved and left are together what is declared, whatever is done, in whatever order."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grobunn.capacity.claims import Claim
from grobunn.capacity.errors import CapacityExceeded, RaiseMustRaise
from grobunn.capacity.models import Declaration, Source
from grobunn.capacity.quarters import Quarter, quarters_from
from grobunn.capacity.queries.loads import loads_of
from grobunn.capacity.queries.room import Line, free_from, shortfalls_of
from grobunn.capacity.services.declare import declare, raise_capacity
from grobunn.capacity.services.reserve import list_reservations, release, reserve
from grobunn.capacity.tests.conftest import Town
from grobunn.capacity.tests.factories import claim_of, held_of, make_source

QUARTERS = 3
AMOUNTS = st.integers(min_value=0, max_value=8)
PLACES = st.tuples(st.integers(0, 1), st.integers(0, QUARTERS - 1))
LINES = st.dictionaries(PLACES, st.integers(1, 8), min_size=1, max_size=3)
STEPS = st.one_of(
    st.tuples(st.just("reserve"), st.integers(0, 3), LINES),
    st.tuples(st.just("release"), st.integers(0, 3), st.integers(0, QUARTERS - 1)),
    st.tuples(st.just("declare"), PLACES, AMOUNTS),
    st.tuples(st.just("raise"), PLACES, AMOUNTS),
)


class _Undo(Exception):  # noqa: N818 -- carries nothing, ends a savepoint
    pass


class Book:
    """The same steps in plain figures, to hold the database against."""

    def __init__(self, town: Town, sources: list[Source]) -> None:
        self.town, self.sources = town, sources
        self.claims: list[Claim] = [claim_of(town.ward) for _ in range(4)]
        self.declared = {(s, q): Decimal(5) for s in range(len(sources)) for q in range(QUARTERS)}
        self.held: dict[int, dict[tuple[int, int], Decimal]] = {number: {} for number in range(4)}

    def reserved(self, place: tuple[int, int], *, but: int | None = None) -> Decimal:
        return sum((held.get(place, Decimal(0)) for who, held in self.held.items() if who != but), Decimal(0))

    def reserve(self, who: int, wanted: dict[tuple[int, int], int]) -> None:
        lines = [Line(self.sources[s], Quarter.now() + q, Decimal(amount)) for (s, q), amount in wanted.items()]
        fits = all(
            amount <= self.held[who].get(place, 0) or self.reserved(place, but=who) + amount <= self.declared[place]
            for place, amount in wanted.items()
        )
        before = _as_written(self.claims[who])
        if fits:
            reserve(self.claims[who], lines=lines, actor=self.town.leader)
            self.held[who] = {place: Decimal(amount) for place, amount in wanted.items()}
            return
        with pytest.raises(CapacityExceeded) as refused:
            reserve(self.claims[who], lines=lines, actor=self.town.leader)
        assert _as_written(self.claims[who]) == before
        assert refused.value.shortfalls
        if refused.value.free_from is not None:
            self._fits_from(lines, refused.value.free_from, self.claims[who])

    def _fits_from(self, lines: list[Line], quarter: Quarter, claim: Claim) -> None:
        first = min(line.quarter for line in lines)
        moved = [Line(line.source, line.quarter + (quarter - first), line.amount) for line in lines]
        assert shortfalls_of(moved, without=claim.id) == []
        assert free_from(lines, without=claim.id) == quarter

    def release(self, who: int, first: int) -> None:
        release(self.claims[who], actor=self.town.leader, first=Quarter.now() + first)
        self.held[who] = {place: amount for place, amount in self.held[who].items() if place[1] < first}

    def declare(self, place: tuple[int, int], amount: int) -> None:
        declare(self.sources[place[0]], amounts={Quarter.now() + place[1]: Decimal(amount)}, actor=self.town.leader)
        self.declared[place] = Decimal(amount)

    def raise_to(self, place: tuple[int, int], amount: int) -> None:
        quarter, source = Quarter.now() + place[1], self.sources[place[0]]
        given: dict[str, Any] = {"quarter": quarter, "amount": Decimal(amount), "reason": "Vi låner."}
        if amount > self.declared[place]:
            raise_capacity(source, **given, actor=self.town.leader)
            self.declared[place] = Decimal(amount)
            return
        with pytest.raises(RaiseMustRaise):
            raise_capacity(source, **given, actor=self.town.leader)

    def holds(self) -> None:
        """The database says the same as the book: reserved + left = declared, and nothing is lost."""
        loads = loads_of(self.sources, quarters=list(quarters_from(Quarter.now(), QUARTERS)))
        for (s, q), declared in self.declared.items():
            load = loads.of(self.sources[s], Quarter.now() + q)
            assert load.declared == declared
            assert load.reserved == self.reserved((s, q)) == held_of(self.sources[s], Quarter.now() + q)
            assert load.reserved + load.left == load.declared
            assert load.over == max(load.reserved - load.declared, 0)


def _as_written(claim: Claim) -> list[tuple[object, ...]]:
    return [(row.source_id, row.quarter_on, row.amount) for row in list_reservations(claim.id)]


def _in_a_savepoint(work: Callable[[], None]) -> None:
    try:
        with transaction.atomic():
            work()
            raise _Undo
    except _Undo:
        pass


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps=st.lists(STEPS, min_size=1, max_size=12))
def test_reserved_and_left_are_declared_after_any_steps(town: Town, steps: list[tuple[str, Any, Any]]) -> None:
    def work() -> None:
        sources = [make_source(town.ward, by=town.leader, amount=5, quarters=QUARTERS) for _ in range(2)]
        book = Book(town, sources)
        verbs: dict[str, Callable[[Any, Any], None]] = {
            "reserve": book.reserve,
            "release": book.release,
            "declare": book.declare,
            "raise": book.raise_to,
        }
        for verb, first, second in steps:
            over_before = {place: book.reserved(place) > book.declared[place] for place in book.declared}
            verbs[verb](first, second)
            book.holds()
            if verb != "declare":
                assert not any(
                    book.reserved(place) > book.declared[place] and not over_before[place] for place in book.declared
                )

    _in_a_savepoint(work)


def test_declaring_less_than_is_reserved_is_told_as_over_and_lets_nothing_new_in(town: Town) -> None:
    source = make_source(town.ward, by=town.leader, amount=5, quarters=1)
    claim = claim_of(town.ward)
    reserve(claim, lines=[Line(source, Quarter.now(), Decimal(5))], actor=town.leader)

    declare(source, amounts={Quarter.now(): Decimal(3)}, actor=town.leader)

    load = loads_of([source], quarters=[Quarter.now()]).of(source, Quarter.now())
    assert (load.left, load.over, load.is_over) == (Decimal(-2), Decimal(2), True)
    assert Declaration.objects.get(source=source).amount == Decimal(3)
    reserve(claim, lines=[Line(source, Quarter.now(), Decimal(4))], actor=town.leader)
    assert held_of(source) == Decimal(4)
