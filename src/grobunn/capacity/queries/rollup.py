"""Loads added up: by unit with everything below it, and for the whole municipality."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from grobunn.capacity.kinds import Measure, measure_of
from grobunn.capacity.quarters import Quarter
from grobunn.capacity.queries.loads import NOTHING, Load, Loads, loads_of
from grobunn.capacity.queries.sources import sources_of
from grobunn.organisations.models import Unit
from grobunn.organisations.queries import unit_tree


@dataclass(frozen=True)
class Total:
    """Several sources taken together in a quarter.

    Takes: over, what is too much, source by source: that one has room does not help another that is over.
    """

    declared: Decimal = NOTHING
    reserved: Decimal = NOTHING
    used: Decimal = NOTHING
    over: Decimal = NOTHING

    @property
    def left(self) -> Decimal:
        """What may still be reserved, in all."""
        return self.declared - self.reserved

    @property
    def is_over(self) -> bool:
        """Whether more is reserved of one of them than there is."""
        return self.over > 0

    @property
    def percent(self) -> int | None:
        """How much is reserved; None where nothing is declared."""
        return None if not self.declared else int(100 * self.reserved / self.declared)

    @property
    def shown_percent(self) -> int:
        """How far a bar is filled: to its end where all of it is reserved."""
        return 100 if self.is_over or self.reserved >= self.declared else self.percent or 0


@dataclass(frozen=True)
class Totals:
    """Totals by kind of help, and by what kinds are counted in."""

    by_kind: Mapping[tuple[str, Quarter], Total] = field(default_factory=dict)
    by_measure: Mapping[tuple[str, Quarter], Total] = field(default_factory=dict)

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds that there are."""
        return frozenset(kind for kind, _quarter in self.by_kind)

    def of_kind(self, kind: str, quarter: Quarter) -> Total:
        """All sources of one kind in a quarter."""
        return self.by_kind.get((kind, quarter), Total())

    def of_measure(self, measure: str, quarter: Quarter) -> Total:
        """All that is counted in the same: hours of every kind, kroner, places, changes."""
        return self.by_measure.get((measure, quarter), Total())

    def is_over_in(self, quarter: Quarter) -> bool:
        """Whether anything is over in a quarter."""
        return any(total.is_over for (_measure, at), total in self.by_measure.items() if at == quarter)


@dataclass(frozen=True)
class At:
    """A total in its quarter."""

    quarter: Quarter
    total: Total


@dataclass(frozen=True)
class UnitLoad:
    """A unit with its place in the tree. Takes: own, its own sources; totals, with those of the units below it."""

    unit: Unit
    depth: int
    quarters: tuple[Quarter, ...]
    own: Totals
    totals: Totals

    @property
    def hours(self) -> list[At]:
        """Hours of every kind, quarter by quarter."""
        return [At(quarter, self.totals.of_measure(Measure.HOURS, quarter)) for quarter in self.quarters]

    @property
    def shown_depth(self) -> int:
        """How far in a list it is moved in: no further than there is room for."""
        return min(self.depth, 4)


@dataclass(frozen=True)
class UnitLoads:
    """The units that have sources, or something below them that has, in the order of the tree, and all together."""

    quarters: tuple[Quarter, ...]
    rows: tuple[UnitLoad, ...]
    whole: Totals

    @property
    def with_hours(self) -> list[UnitLoad]:
        """The units that have hours, or something below them that has."""
        return [row for row in self.rows if any(at.total.declared or at.total.reserved for at in row.hours)]

    @property
    def whole_hours(self) -> list[At]:
        """Hours of every kind of the whole municipality, quarter by quarter."""
        return [At(quarter, self.whole.of_measure(Measure.HOURS, quarter)) for quarter in self.quarters]

    def over_in(self, quarter: Quarter) -> list[UnitLoad]:
        """The units of which a source of their own is over in a quarter."""
        return [row for row in self.rows if row.own.is_over_in(quarter)]


def unit_loads(
    municipality_id: UUID,
    *,
    quarters: Sequence[Quarter],
    without: UUID | None = None,
    wanted: Iterable[tuple[UUID, Quarter, Decimal]] = (),
) -> UnitLoads:
    """How loaded every unit of a municipality is; five SQL. Takes: as `loads_of`, for trying out a move."""
    sources = list(sources_of(municipality_id))
    loads = loads_of(sources, quarters=quarters, without=without, wanted=wanted)
    return added_up(loads, municipality_id=municipality_id)


def added_up(loads: Loads, *, municipality_id: UUID) -> UnitLoads:
    """Loads by unit; one SQL."""
    of_unit: dict[UUID, list[Load]] = {}
    for source in loads.sources:
        of_unit.setdefault(source.unit_id, []).extend(loads.row(source))
    units = {branch.unit.pk: branch for branch in unit_tree(municipality_id, with_closed=True)}
    below: dict[UUID, list[Load]] = {}
    for unit_id, found in of_unit.items():
        above: UUID | None = unit_id
        while above is not None and above in units:
            below.setdefault(above, []).extend(found)
            above = units[above].unit.parent_id
    rows = tuple(
        UnitLoad(
            unit=branch.unit,
            depth=branch.depth,
            quarters=loads.quarters,
            own=totals_of(of_unit.get(unit_id, ())),
            totals=totals_of(below[unit_id]),
        )
        for unit_id, branch in units.items()
        if unit_id in below
    )
    whole = totals_of(load for found in of_unit.values() for load in found)
    return UnitLoads(quarters=loads.quarters, rows=rows, whole=whole)


def totals_of(loads: Iterable[Load]) -> Totals:
    """Loads added up by kind and by measure."""
    by_kind: dict[tuple[str, Quarter], Total] = {}
    by_measure: dict[tuple[Measure, Quarter], Total] = {}
    for load in loads:
        kind, measure = (load.source.kind, load.quarter), (measure_of(load.source.kind), load.quarter)
        by_kind[kind] = _plus(by_kind.get(kind, Total()), load)
        by_measure[measure] = _plus(by_measure.get(measure, Total()), load)
    return Totals(
        by_kind=by_kind, by_measure={(str(measure), at): total for (measure, at), total in by_measure.items()}
    )


def _plus(total: Total, load: Load) -> Total:
    return Total(
        declared=total.declared + load.declared,
        reserved=total.reserved + load.reserved,
        used=total.used + load.used,
        over=total.over + load.over,
    )
