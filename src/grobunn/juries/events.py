"""What panels tell the floors above, after commit."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from grobunn.kernel import events

if TYPE_CHECKING:
    from grobunn.juries.models import Panel
    from grobunn.kernel.models import StateChange


@events.register
@dataclass(frozen=True, kw_only=True)
class PanelStepped(events.Event):
    """A panel took a step; `edge` is the step's name in the table of states."""

    name: ClassVar[str] = "juries.stepped"
    panel_id: UUID
    municipality_id: UUID
    change_id: UUID
    edge: str


@events.register
class ScoresReleased(PanelStepped):
    """Everyone on the panel sees everyone's scores, at the same moment."""

    name: ClassVar[str] = "juries.released"


@events.register
@dataclass(frozen=True, kw_only=True)
class PanelMoved(events.Event):
    """A panel meets on another day, or its scores are due at another time, than what is carried here."""

    name: ClassVar[str] = "juries.moved"
    panel_id: UUID
    municipality_id: UUID
    met_on: date | None
    scores_were_due_at: datetime | None
    actor_id: UUID | None


@events.register
@dataclass(frozen=True, kw_only=True)
class ScoresChanged(events.Event):
    """Somebody's scores for an entry changed. Says neither whose nor how."""

    name: ClassVar[str] = "juries.scores_changed"
    panel_id: UUID
    municipality_id: UUID
    entry_id: UUID


@events.register
@dataclass(frozen=True, kw_only=True)
class StandingChanged(events.Event):
    """What a member may do with entries changed: declared, a conflict found, confirmed or dismissed."""

    name: ClassVar[str] = "juries.standing_changed"
    panel_id: UUID
    municipality_id: UUID
    member_id: UUID


@events.register
@dataclass(frozen=True, kw_only=True)
class SubstituteCalled(events.Event):
    """A substitute is to judge an entry in place of a member."""

    name: ClassVar[str] = "juries.substitute_called"
    panel_id: UUID
    municipality_id: UUID
    stand_in_id: UUID


@events.register
@dataclass(frozen=True, kw_only=True)
class EntryDecided(events.Event):
    """An entry has an outcome, or another one."""

    name: ClassVar[str] = "juries.entry_decided"
    panel_id: UUID
    municipality_id: UUID
    entry_id: UUID


@events.register
@dataclass(frozen=True, kw_only=True)
class FeedbackGiven(events.Event):
    """What the panel says to an entrant is ready to be passed on, by the feature that handed the entry in."""

    name: ClassVar[str] = "juries.feedback_given"
    panel_id: UUID
    municipality_id: UUID
    entry_id: UUID


def of_step(event_type: type[PanelStepped]) -> Callable[["Panel", "StateChange"], PanelStepped]:
    """Makes the event of a step, for the table of states."""

    def made(panel: "Panel", change: "StateChange") -> PanelStepped:
        return event_type(
            panel_id=panel.pk, municipality_id=panel.municipality_id, change_id=change.pk, edge=change.edge
        )

    return made
