"""Declared, reserved, used and left, by source and quarter: computed, never stored."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, Sum
from django_scopes import scopes_disabled

from grobunn.capacity.models import Declaration, HoursUsed, Reservation, Source
from grobunn.capacity.quarters import Quarter

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Load:
    """What there is of a source in a quarter, and what has become of it."""

    source: Source
    quarter: Quarter
    declared: Decimal = NOTHING
    reserved: Decimal = NOTHING
    used: Decimal = NOTHING
    is_declared: bool = False

    @property
    def left(self) -> Decimal:
        """What may still be reserved; below 0 where less is declared than was promised."""
        return self.declared - self.reserved

    @property
    def over(self) -> Decimal:
        """How much more is reserved than there is."""
        return max(-self.left, NOTHING)

    @property
    def is_over(self) -> bool:
        """Whether more is reserved than there is."""
        return self.reserved > self.declared

    @property
    def percent(self) -> int | None:
        """How much of it is reserved; None where nothing is declared."""
        return None if not self.declared else int(100 * self.reserved / self.declared)

    @property
    def shown_percent(self) -> int:
        """How far a bar is filled: to its end where it is full or over."""
        return 100 if self.reserved >= self.declared else self.percent or 0


@dataclass(frozen=True)
class Loads:
    """Loads by source and quarter."""

    sources: tuple[Source, ...]
    quarters: tuple[Quarter, ...]
    by_place: Mapping[tuple[UUID, Quarter], Load] = field(default_factory=dict)

    def of(self, source: Source, quarter: Quarter) -> Load:
        """What there is of one source in one quarter."""
        return self.by_place.get((source.pk, quarter)) or Load(source=source, quarter=quarter)

    def row(self, source: Source) -> list[Load]:
        """One source through all the quarters."""
        return [self.of(source, quarter) for quarter in self.quarters]


def loads_of(
    sources: Sequence[Source],
    *,
    quarters: Sequence[Quarter],
    without: UUID | None = None,
    wanted: Iterable[tuple[UUID, Quarter, Decimal]] = (),
) -> Loads:
    """How loaded sources are; three SQL.

    Takes:   quarters in a row; without, a claim to leave out; wanted, reservations to add as if they were there:
             together they show what moving a claim would do, before anything is saved.
    """
    days = [quarter.first_day for quarter in quarters]
    source_ids = [source.pk for source in sources]
    with scopes_disabled():
        declared = _sums(Declaration.objects.filter(source__in=source_ids, quarter_on__in=days))
        held = Reservation.objects.filter(source__in=source_ids, quarter_on__in=days)
        reserved = _sums(held.exclude(claim_id=without) if without else held)
        used = _used(source_ids, quarters)
    for source_id, quarter, amount in wanted:
        place = (source_id, quarter)
        reserved[place] = reserved.get(place, NOTHING) + amount
    by_place = {
        (source.pk, quarter): Load(
            source=source,
            quarter=quarter,
            declared=declared.get((source.pk, quarter), NOTHING),
            reserved=reserved.get((source.pk, quarter), NOTHING),
            used=used.get((source.pk, quarter), NOTHING),
            is_declared=(source.pk, quarter) in declared,
        )
        for source in sources
        for quarter in quarters
    }
    return Loads(sources=tuple(sources), quarters=tuple(quarters), by_place=by_place)


def _sums(rows: QuerySet[Any]) -> dict[tuple[UUID, Quarter], Decimal]:
    summed = rows.values("source_id", "quarter_on").annotate(total=Sum("amount")).order_by()
    return {(row["source_id"], Quarter.of(row["quarter_on"])): row["total"] for row in summed}


def _used(source_ids: Sequence[UUID], quarters: Sequence[Quarter]) -> dict[tuple[UUID, Quarter], Decimal]:
    """Hours told, by the quarter that the Monday of the week is in."""
    if not quarters:
        return {}
    first: date = quarters[0].first_day
    told = HoursUsed.objects.filter(source__in=source_ids, week_on__gte=first, week_on__lte=quarters[-1].last_day)
    used: dict[tuple[UUID, Quarter], Decimal] = {}
    for row in told.values("source_id", "week_on").annotate(total=Sum("hours")).order_by():
        place = (row["source_id"], Quarter.of(row["week_on"]))
        used[place] = used.get(place, NOTHING) + row["total"]
    return used


def declared_in(source: Source, quarter: Quarter) -> Decimal:
    """How much is declared of one source in one quarter. One SQL."""
    with scopes_disabled():
        found = Declaration.objects.filter(source=source, quarter_on=quarter.first_day)
        return found.values_list("amount", flat=True).first() or NOTHING
