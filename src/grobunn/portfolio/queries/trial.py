"""What moving an initiative to another quarter would do, before anything is saved."""

from collections.abc import Sequence
from dataclasses import dataclass

from grobunn.capacity.models import Source
from grobunn.capacity.quarters import Quarter, quarters_from
from grobunn.capacity.queries.loads import Load, loads_of
from grobunn.capacity.queries.room import Line, free_from, moved_by, shortfalls_of
from grobunn.capacity.services.reserve import list_reservations
from grobunn.initiatives.models import Initiative


@dataclass(frozen=True)
class Change:
    """A source in a quarter, before and after."""

    quarter: Quarter
    before: Load
    after: Load

    @property
    def is_changed(self) -> bool:
        return self.before.reserved != self.after.reserved


@dataclass(frozen=True)
class SourceTrial:
    """A source through the quarters that are touched."""

    source: Source
    changes: Sequence[Change]


@dataclass(frozen=True)
class Trial:
    """Where it is, where it would be, and what that does.

    Takes: lines, what it would hold; fits, whether there is room; free_from, the first quarter in which it fits.
    """

    now: Quarter
    to: Quarter
    lines: Sequence[Line]
    sources: Sequence[SourceTrial]
    fits: bool
    free_from: Quarter | None

    @property
    def is_moved(self) -> bool:
        return self.now != self.to


def lines_now(initiative: Initiative) -> list[Line]:
    """What it holds from the present quarter on."""
    today = Quarter.now()
    held = ((row, Quarter.of(row.quarter_on)) for row in list_reservations(initiative.pk))
    return [Line(row.source, quarter, row.amount) for row, quarter in held if quarter >= today]


def trial_of(initiative: Initiative, *, to: Quarter | None) -> Trial | None:
    """Try out that it begins in another quarter; None where it holds nothing. Takes: to, None for where it is."""
    lines = lines_now(initiative)
    if not lines:
        return None
    now, last = min(line.quarter for line in lines), max(line.quarter for line in lines)
    to = max(to or now, Quarter.now())
    moved = moved_by(lines, to - now)
    sources = list({line.source.pk: line.source for line in lines}.values())
    first = min(now, to)
    quarters = list(quarters_from(first, max(last, last + (to - now)) - first + 1))
    wanted = [(line.source.pk, line.quarter, line.amount) for line in moved]
    before = loads_of(sources, quarters=quarters)
    after = loads_of(sources, quarters=quarters, without=initiative.pk, wanted=wanted)
    # What it keeps where it is, is never refused, also where less is declared than was promised.
    held = {(line.source.pk, line.quarter): line.amount for line in lines}
    grows = [
        each
        for each in shortfalls_of(moved, without=initiative.pk)
        if each.wanted > held.get((each.source.pk, each.quarter), 0)
    ]
    return Trial(
        now=now,
        to=to,
        lines=moved,
        sources=[
            SourceTrial(source, [Change(q, before.of(source, q), after.of(source, q)) for q in quarters])
            for source in sources
        ],
        fits=not grows,
        free_from=free_from(moved, without=initiative.pk) if grows else None,
    )
