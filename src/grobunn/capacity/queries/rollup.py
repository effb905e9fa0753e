"""Hours added up: by unit with everything below it, and for the whole municipality."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from grobunn.capacity.kinds import Measure, measure_of
from grobunn.capacity.quarters import Quarter
from grobunn.capacity.queries.loads import NOTHING, Load, Loads
from grobunn.organisations.models import Unit
from grobunn.organisations.queries import Branch

_DEEPEST = 4


@dataclass(frozen=True)
class Total:
    """Several sources taken together in a quarter.

    Takes: over, what is too much, source by source: that one has room does not help another that is over.
    """

    declared: Decimal = NOTHING
    reserved: Decimal = NOTHING
    over: Decimal = NOTHING

    def plus(self, other: "Total | Load") -> "Total":
        """Both together."""
        return Total(self.declared + other.declared, self.reserved + other.reserved, self.over + other.over)

    @property
    def left(self) -> Decimal:
        """What may still be reserved, in all."""
        return self.declared - self.reserved

    @property
    def is_over(self) -> bool:
        """Whether more is reserved of one of them than there is."""
        return self.over > 0

    @property
    def shown_percent(self) -> int:
        """How far a bar is filled: to its end where all of it is reserved."""
        return 100 if self.is_over or self.reserved >= self.declared else int(100 * self.reserved / self.declared)


@dataclass(frozen=True)
class UnitHours:
    """The hours of a unit with those of the units below it, quarter by quarter, and its place in the tree."""

    unit: Unit
    depth: int
    by_quarter: dict[Quarter, Total]

    @property
    def shown_depth(self) -> int:
        """How far in a list it is moved in: no further than there is room for."""
        return min(self.depth, _DEEPEST)


@dataclass(frozen=True)
class Hours:
    """The units that have hours, or something below them that has, in the order of the tree, and all together."""

    rows: tuple[UnitHours, ...]
    whole: dict[Quarter, Total]


def hours_by_unit(loads: Loads, branches: Sequence[Branch]) -> Hours:
    """Hours of every kind, by unit. Takes: branches, the tree of the municipality whose sources they are."""
    nothing = dict.fromkeys(loads.quarters, Total())
    sums = {branch.unit.pk: nothing for branch in branches}
    whole = nothing
    for source in loads.sources:
        if measure_of(source.kind) == Measure.HOURS and source.unit_id in sums:
            row = loads.row(source)
            sums[source.unit_id] = _plus(sums[source.unit_id], row)
            whole = _plus(whole, row)
    for branch in reversed(branches):  # In the order of the tree what is below comes after.
        _add_above(sums, branch.unit)
    rows = [UnitHours(branch.unit, branch.depth, sums[branch.unit.pk]) for branch in branches]
    return Hours(rows=tuple(row for row in rows if _has_any(row.by_quarter)), whole=whole)


def _add_above(sums: dict[UUID, dict[Quarter, Total]], unit: Unit) -> None:
    above = unit.parent_id
    if above is not None and above in sums and _has_any(sums[unit.pk]):
        sums[above] = _plus(sums[above], list(sums[unit.pk].values()))


def _plus(totals: dict[Quarter, Total], others: Sequence[Total | Load]) -> dict[Quarter, Total]:
    """Both together, quarter by quarter."""
    return {quarter: totals[quarter].plus(other) for quarter, other in zip(totals, others, strict=True)}


def _has_any(totals: dict[Quarter, Total]) -> bool:
    return any(total.declared or total.reserved for total in totals.values())
