"""What has been decided of a day so far, and what capacity is left for the rest."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from grobunn.capacity.errors import CapacityExceeded, Shortfall
from grobunn.capacity.models import Source
from grobunn.capacity.quarters import Quarter
from grobunn.capacity.queries.loads import Load, loads_of
from grobunn.capacity.queries.room import free_from, shortfalls_of
from grobunn.initiatives.queries.in_the_way import InTheWay, in_the_way_of
from grobunn.juries.occasions import Outcome, occasion_of
from grobunn.kernel.actors import Actor
from grobunn.pitching.models import PitchDay, Slot
from grobunn.pitching.queries.days import slots_of
from grobunn.pitching.queries.proposals import Asked, asked_of, is_kept_from


@dataclass(frozen=True)
class Standing:
    """A team and what was decided. Takes: outcome, None for none yet, or where the reader may not know."""

    asked: Asked
    outcome: Outcome | None
    is_kept: bool

    @property
    def slot(self) -> Slot:
        """The team's place."""
        return self.asked.slot


@dataclass(frozen=True)
class Effect:
    """What a yes would do to one line: how much there is, and how much is left after it."""

    load: Load
    amount: Any

    @property
    def left_after(self) -> Any:
        """What is left after a yes; below 0 where there is no room."""
        return self.load.left - self.amount

    @property
    def fits(self) -> bool:
        """Whether there is room for this line."""
        return bool(self.left_after >= 0)


@dataclass(frozen=True)
class Consequence:
    """What a yes to one pitch does: each line, what is missing, who holds that, and from when there is room."""

    effects: tuple[Effect, ...]
    shortfalls: tuple[Shortfall, ...]
    in_the_way: tuple[InTheWay, ...]
    free_from: Quarter | None
    pushed_back: tuple[Asked, ...]

    @property
    def refusal(self) -> CapacityExceeded | None:
        """As the service would refuse it; None where there is room."""
        return CapacityExceeded(list(self.shortfalls), free_from=self.free_from) if self.shortfalls else None


def standing_decisions(day: PitchDay, *, actor: Actor) -> list[Standing]:
    """Every team in the order of the day with what was decided, as far as the reader may know."""
    occasion = occasion_of(day.panel) if day.panel is not None else None
    found = []
    for asked in asked_of(slots_of(day)):
        kept = is_kept_from(actor, asked.slot)
        code = asked.slot.entry.outcome if asked.slot.entry is not None and asked.slot.decided_at else ""
        outcome = occasion.outcome(code) if occasion is not None and code and not kept else None
        found.append(Standing(asked=asked, outcome=outcome, is_kept=kept))
    return found


def left_for(asked: Sequence[Asked]) -> list[Load]:
    """How much is left of every source and quarter that somebody asks for. Three SQL."""
    places = {(line.source.pk, line.quarter): line.source for each in asked for line in each.lines}
    if not places:
        return []
    sources: list[Source] = list({source.pk: source for source in places.values()}.values())
    quarters = sorted({quarter for _source, quarter in places})
    loads = loads_of(sources, quarters=quarters)
    rows = [loads.of(source, quarter) for (_pk, quarter), source in places.items()]
    return sorted(rows, key=lambda load: (load.source.name, load.quarter))


def consequence_of(asked: Asked, *, others: Sequence[Asked], actor: Actor) -> Consequence:
    """What a yes to one pitch does to capacity now, and to what the undecided others ask for.

    Takes: others, undecided, that the reader may know of.
    """
    lines = list(asked.lines)
    quarters = sorted({line.quarter for line in lines})
    loads = loads_of(list({line.source.pk: line.source for line in lines}.values()), quarters=quarters)
    effects = tuple(Effect(load=loads.of(line.source, line.quarter), amount=line.amount) for line in lines)
    short = shortfalls_of(lines)
    return Consequence(
        effects=effects,
        shortfalls=tuple(short),
        in_the_way=tuple(in_the_way_of(short, actor=actor)) if short else (),
        free_from=free_from(lines) if short else None,
        pushed_back=tuple(_pushed_back(effects, others)),
    )


def _pushed_back(effects: Sequence[Effect], others: Sequence[Asked]) -> list[Asked]:
    """The undecided for which there is room now, and would not be after a yes."""
    now = {(each.load.source.pk, each.load.quarter): each for each in effects}

    def lacks(other: Asked) -> bool:
        shared = [
            (line, now[line.source.pk, line.quarter]) for line in other.lines if (line.source.pk, line.quarter) in now
        ]
        return any(line.amount <= each.load.left and line.amount > each.left_after for line, each in shared)

    return [other for other in others if lacks(other)]
