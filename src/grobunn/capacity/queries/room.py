"""Whether there is room for a need, what is missing, and from when it fits."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from uuid import UUID

from grobunn.capacity.errors import Shortfall
from grobunn.capacity.models import Source
from grobunn.capacity.quarters import Quarter, quarters_from
from grobunn.capacity.queries.loads import Loads, loads_of

# As far ahead as anybody looks for room: nobody declares longer than the four years of the financial plan.
HORIZON = 16


@dataclass(frozen=True)
class Line:
    """So much of a source in a quarter."""

    source: Source
    quarter: Quarter
    amount: Decimal


def shortfalls_of(lines: Sequence[Line], *, without: UUID | None = None) -> list[Shortfall]:
    """Where a need does not fit, in the order of quarters.

    Takes:   without, the claim that asks: what it holds today does not stand in its own way.
    """
    return _missing(lines, _loads(lines, without))


def free_from(lines: Sequence[Line], *, without: UUID | None = None) -> Quarter | None:
    """The first quarter in which the whole need fits, begun no earlier than asked; None within four years."""
    if not lines:
        return None
    first = min(line.quarter for line in lines)
    last = max(line.quarter for line in lines)
    loads = loads_of(_sources(lines), quarters=list(quarters_from(first, last - first + HORIZON + 1)), without=without)
    for step in range(HORIZON + 1):
        moved = moved_by(lines, step)
        if not _missing(moved, loads):
            return first + step
    return None


def moved_by(lines: Sequence[Line], quarters: int) -> list[Line]:
    """The same need so many quarters later."""
    return [replace(line, quarter=line.quarter + quarters) for line in lines]


def _missing(lines: Sequence[Line], loads: Loads) -> list[Shortfall]:
    wanted: dict[tuple[UUID, Quarter], Line] = {}
    for line in lines:
        place = (line.source.pk, line.quarter)
        known = wanted.get(place)
        wanted[place] = line if known is None else replace(known, amount=known.amount + line.amount)
    found = [
        Shortfall(source=line.source, quarter=line.quarter, wanted=line.amount, left=left)
        for line in wanted.values()
        if line.amount > (left := loads.of(line.source, line.quarter).left)
    ]
    return sorted(found, key=lambda each: (each.quarter, each.source.kind, each.source.name))


def _loads(lines: Sequence[Line], without: UUID | None) -> Loads:
    if not lines:
        return Loads(sources=(), quarters=())
    return loads_of(_sources(lines), quarters=sorted({line.quarter for line in lines}), without=without)


def _sources(lines: Sequence[Line]) -> list[Source]:
    return list({line.source.pk: line.source for line in lines}.values())
