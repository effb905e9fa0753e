"""What pitch days tell, after commit."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from grobunn.kernel import events

if TYPE_CHECKING:
    from grobunn.kernel.models import StateChange
    from grobunn.pitching.models import PitchDay, Slot


@events.register
@dataclass(frozen=True, kw_only=True)
class DayStepped(events.Event):
    """A pitch day took a step; `edge` is the step's name in the table of states."""

    name: ClassVar[str] = "pitching.day_stepped"
    day_id: UUID
    municipality_id: UUID
    edge: str


@events.register
@dataclass(frozen=True, kw_only=True)
class DayMoved(events.Event):
    """A pitch day is at another time or place than what is carried here."""

    name: ClassVar[str] = "pitching.day_moved"
    day_id: UUID
    municipality_id: UUID
    was_on: date
    had_started_at: str
    was_at: str
    had_video_url: str
    actor_id: UUID | None


@events.register
@dataclass(frozen=True, kw_only=True)
class SlotStepped(events.Event):
    """A team came on stage, was asked, was thanked, or did not pitch."""

    name: ClassVar[str] = "pitching.slot_stepped"
    slot_id: UUID
    day_id: UUID
    municipality_id: UUID
    edge: str


@events.register
@dataclass(frozen=True, kw_only=True)
class PitchDecided(events.Event):
    """What becomes of a pitch: begun, parked, no."""

    name: ClassVar[str] = "pitching.decided"
    slot_id: UUID
    day_id: UUID
    municipality_id: UUID
    idea_id: UUID | None
    outcome: str


def of_day(event_type: type[DayStepped]) -> Callable[["PitchDay", "StateChange"], DayStepped]:
    """Makes the event of a step of a day, for the table of states."""
    return lambda day, change: event_type(day_id=day.pk, municipality_id=day.municipality_id, edge=change.edge)


def of_slot(event_type: type[SlotStepped]) -> Callable[["Slot", "StateChange"], SlotStepped]:
    """Makes the event of a step of a slot, for the table of states."""
    return lambda slot, change: event_type(
        slot_id=slot.pk, day_id=slot.day_id, municipality_id=slot.municipality_id, edge=change.edge
    )
