"""What initiatives tell the floors above, after commit."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from grobunn.kernel import events

if TYPE_CHECKING:
    from grobunn.initiatives.models import Initiative
    from grobunn.kernel.models import StateChange


@events.register
@dataclass(frozen=True, kw_only=True)
class InitiativeStarted(events.Event):
    """Work has begun, or has its place: owner, milestone and capacity are there."""

    name: ClassVar[str] = "initiatives.started"
    initiative_id: UUID
    municipality_id: UUID


@events.register
@dataclass(frozen=True, kw_only=True)
class IdeaJoined(events.Event):
    """One more idea feeds an initiative that was there already."""

    name: ClassVar[str] = "initiatives.idea_joined"
    initiative_id: UUID
    municipality_id: UUID
    idea_id: UUID


@dataclass(frozen=True, kw_only=True)
class InitiativeStepped(events.Event):
    """What every step of an initiative carries; `edge` is the step's name in the table of states."""

    initiative_id: UUID
    municipality_id: UUID
    change_id: UUID
    edge: str


@events.register
class InitiativeMoved(InitiativeStepped):
    """It moved: another phase, a gate decided, other quarters, paused or taken up again."""

    name: ClassVar[str] = "initiatives.moved"


@events.register
class DecisionAsked(InitiativeStepped):
    """Somebody asks whoever decides about a gate to do so."""

    name: ClassVar[str] = "initiatives.decision_asked"


@events.register
class OwnerChanged(InitiativeStepped):
    """Somebody else owns it now."""

    name: ClassVar[str] = "initiatives.owner_changed"


@events.register
class InitiativeInOperation(InitiativeStepped):
    """It is how things are done now: somebody runs it."""

    name: ClassVar[str] = "initiatives.in_operation"


@events.register
class InitiativeLearned(InitiativeStepped):
    """It is finished with what was learned."""

    name: ClassVar[str] = "initiatives.learned"


@dataclass(frozen=True, kw_only=True)
class InitiativeNews(events.Event):
    """What the calendar says of an initiative."""

    initiative_id: UUID
    municipality_id: UUID


@events.register
class OwnerReminded(InitiativeNews):
    """Whoever was asked to own it has not answered, and is asked once more."""

    name: ClassVar[str] = "initiatives.owner_reminded"


@events.register
class OwnerSilent(InitiativeNews):
    """Whoever was asked to own it has not answered the reminder either: the leader above is told."""

    name: ClassVar[str] = "initiatives.owner_silent"


@events.register
class PauseEnded(InitiativeNews):
    """The day has come that it was put on hold until: its owner is asked whether it goes on."""

    name: ClassVar[str] = "initiatives.pause_ended"


def of_step(event_type: type[InitiativeStepped]) -> Callable[["Initiative", "StateChange"], InitiativeStepped]:
    """Makes the event of a step, for the table of states."""

    def made(initiative: "Initiative", change: "StateChange") -> InitiativeStepped:
        return event_type(
            initiative_id=initiative.pk,
            municipality_id=initiative.municipality_id,
            change_id=change.pk,
            edge=change.edge,
        )

    return made


@events.register
@dataclass(frozen=True, kw_only=True)
class HelperAdded(events.Event):
    """Somebody is to help, or to help again."""

    name: ClassVar[str] = "initiatives.helper_added"
    initiative_id: UUID
    municipality_id: UUID
    helper_id: UUID
    user_id: UUID


@events.register
@dataclass(frozen=True, kw_only=True)
class TaskGiven(events.Event):
    """Somebody got a task from another."""

    name: ClassVar[str] = "initiatives.task_given"
    initiative_id: UUID
    municipality_id: UUID
    task_id: UUID
    user_id: UUID


@events.register
@dataclass(frozen=True, kw_only=True)
class Reported(events.Event):
    """A report came: how it goes may have changed, and whoever waited for it need not."""

    name: ClassVar[str] = "initiatives.reported"
    initiative_id: UUID
    municipality_id: UUID
    report_id: UUID


@dataclass(frozen=True, kw_only=True)
class ReportNudge(events.Event):
    """What the calendar says of a report; `due_on` is the day that it is due."""

    initiative_id: UUID
    municipality_id: UUID
    due_on: date


@events.register
class ReportDue(ReportNudge):
    """The day of the report has come."""

    name: ClassVar[str] = "initiatives.report_due"


@events.register
class ReportOverdue(ReportNudge):
    """The report has not come some working days after its day."""

    name: ClassVar[str] = "initiatives.report_overdue"


@events.register
class ReportMissing(ReportNudge):
    """The report has not come after the owner was told twice: the leader above is told once."""

    name: ClassVar[str] = "initiatives.report_missing"
