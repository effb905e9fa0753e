"""Load against capacity: what is promised of what there is, by unit and quarter, counted in one way at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection
from django_scopes import scopes_disabled

from grobunn.capacity.kinds import Kind, Measure, measure_of
from grobunn.capacity.quarters import Quarter
from grobunn.organisations.models import Unit
from grobunn.organisations.queries.units import Branch

NOTHING = Decimal(0)

# One row for each unit, and quarter or kind. "Over" is added up source by source: room in one does not help another.
_PLACES = """
WITH places AS (
    SELECT s.id, s.unit_id, s.kind, q.quarter_on,
           COALESCE((SELECT d.amount FROM capacity_declaration d
                      WHERE d.source_id = s.id AND d.quarter_on = q.quarter_on), 0) AS declared,
           COALESCE(r.amount, 0) AS reserved
      FROM capacity_source s
     CROSS JOIN unnest(%(quarters)s::date[]) AS q(quarter_on)
      LEFT JOIN (SELECT source_id, quarter_on, SUM(amount) AS amount FROM capacity_reservation
                  WHERE quarter_on = ANY(%(quarters)s::date[]) GROUP BY source_id, quarter_on) r
        ON r.source_id = s.id AND r.quarter_on = q.quarter_on
     WHERE s.municipality_id = %(municipality)s AND s.kind = ANY(%(kinds)s)
)
SELECT unit_id, {by}, SUM(declared), SUM(reserved), SUM(GREATEST(reserved - declared, 0)),
       COUNT(*) FILTER (WHERE reserved > declared)
  FROM places WHERE declared > 0 OR reserved > 0
 GROUP BY unit_id, {by}
"""
_BY_QUARTER = _PLACES.format(by="quarter_on")
_BY_KIND = _PLACES.format(by="kind")


@dataclass(frozen=True)
class Sum:
    """What there is and what is promised. Takes: over, what is too much, and sources_over, in how many sources."""

    declared: Decimal = NOTHING
    reserved: Decimal = NOTHING
    over: Decimal = NOTHING
    sources_over: int = 0

    def plus(self, other: "Sum") -> "Sum":
        """Both together."""
        return Sum(
            self.declared + other.declared,
            self.reserved + other.reserved,
            self.over + other.over,
            self.sources_over + other.sources_over,
        )


@dataclass(frozen=True)
class Over:
    """A unit whose own sources have promised more than there is, counted in one way."""

    unit: Unit
    measure: Measure
    load: Sum


@dataclass(frozen=True)
class Line:
    """A unit with all below it. Takes: is_own, only what is the unit's own; has_below, whether it can be opened."""

    unit: Unit
    by_quarter: Mapping[Quarter, Sum]
    is_own: bool = False
    has_below: bool = False

    def of(self, quarter: Quarter) -> Sum:
        return self.by_quarter.get(quarter, Sum())


@dataclass(frozen=True)
class Loaded:
    """The lines below a unit (or of the whole municipality), and all together."""

    quarters: Sequence[Quarter]
    lines: Sequence[Line]
    whole: Mapping[Quarter, Sum] = field(default_factory=dict)

    def total(self, quarter: Quarter) -> Sum:
        return self.whole.get(quarter, Sum())


def kinds_of(measure: str) -> list[str]:
    """The kinds of help that are counted so."""
    return [kind.value for kind in Kind if measure_of(kind) == Measure(measure)]


def loaded(
    municipality_id: UUID, *, tree: Sequence[Branch], unit: Unit | None, measure: str, quarters: Sequence[Quarter]
) -> Loaded:
    """Load and capacity of the units right below a unit, each with all below it; one SQL.

    Takes: tree, of the municipality's units; unit, None for the whole municipality; measure, what is counted.
    """
    sums = _sums(municipality_id, kinds=kinds_of(measure), quarters=quarters)
    tops = _tops(tree, unit)
    lines: dict[tuple[UUID, bool], dict[Quarter, Sum]] = {}
    whole: dict[Quarter, Sum] = {}
    for (unit_id, quarter), found in sums.items():
        if unit_id not in tops:
            continue
        below = lines.setdefault((tops[unit_id], unit is not None and unit_id == unit.pk), {})
        below[quarter] = below.get(quarter, Sum()).plus(found)
        whole[quarter] = whole.get(quarter, Sum()).plus(found)
    parents = {branch.unit.parent_id for branch in tree}
    shown = [
        Line(branch.unit, lines[key], is_own=key[1], has_below=not key[1] and branch.unit.pk in parents)
        for branch in tree
        if (key := (branch.unit.pk, unit is not None and branch.unit.pk == unit.pk)) in lines
    ]
    return Loaded(quarters=quarters, lines=shown, whole=whole)


def over_in(municipality_id: UUID, *, quarter: Quarter) -> list[Over]:
    """The units that are over in a quarter, in whatever is counted, the most crowded first; one SQL, two if any is."""
    given: dict[str, Any] = {
        "municipality": municipality_id,
        "kinds": list(Kind.values),
        "quarters": [quarter.first_day],
    }
    with connection.cursor() as cursor:
        cursor.execute(_BY_KIND, given)
        rows = cursor.fetchall()
    sums: dict[tuple[UUID, Measure], Sum] = {}
    for unit_id, kind, *numbers in rows:
        place = (unit_id, measure_of(kind))
        sums[place] = sums.get(place, Sum()).plus(Sum(*numbers))
    over = {place: found for place, found in sums.items() if found.over}
    with scopes_disabled():
        units = Unit.objects.in_bulk({unit_id for unit_id, _measure in over}) if over else {}
    found = [Over(units[unit_id], measure, load) for (unit_id, measure), load in over.items()]
    return sorted(found, key=lambda each: (-each.load.reserved / max(each.load.declared, Decimal(1)), each.unit.name))


def _tops(tree: Sequence[Branch], unit: Unit | None) -> dict[UUID, UUID]:
    """For each unit that is shown, the line that it is counted in."""
    tops: dict[UUID, UUID] = {}
    start = -1 if unit is None else None
    top: UUID | None = None
    for branch in tree:
        if unit is not None and branch.unit.pk == unit.pk:
            start, tops[unit.pk] = branch.depth, unit.pk
            continue
        if start is None:
            continue
        if branch.depth <= start:
            break
        if branch.depth == start + 1:
            top = branch.unit.pk
        if top is not None:
            tops[branch.unit.pk] = top
    return tops


def _sums(
    municipality_id: UUID, *, kinds: Sequence[str], quarters: Sequence[Quarter]
) -> dict[tuple[UUID, Quarter], Sum]:
    given: dict[str, Any] = {
        "municipality": municipality_id,
        "kinds": list(kinds),
        "quarters": [quarter.first_day for quarter in quarters],
    }
    with connection.cursor() as cursor:
        cursor.execute(_BY_QUARTER, given)
        return {(row[0], Quarter.of(row[1])): Sum(*row[2:]) for row in cursor.fetchall()}
