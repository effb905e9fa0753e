"""What programmes tell the floors above, after commit."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from grobunn.kernel import events

if TYPE_CHECKING:
    from grobunn.kernel.models import StateChange
    from grobunn.programmes.models import Cohort, Enrolment


@events.register
@dataclass(frozen=True, kw_only=True)
class CohortStepped(events.Event):
    """A cohort took a step; `edge` is the step's name in the table of states."""

    name: ClassVar[str] = "programmes.cohort_stepped"
    cohort_id: UUID
    municipality_id: UUID
    edge: str


@events.register
@dataclass(frozen=True, kw_only=True)
class EnrolmentStepped(events.Event):
    """Somebody's place in a cohort changed."""

    name: ClassVar[str] = "programmes.enrolment_stepped"
    enrolment_id: UUID
    cohort_id: UUID
    municipality_id: UUID
    change_id: UUID
    edge: str


@events.register
@dataclass(frozen=True, kw_only=True)
class Invited(events.Event):
    """Somebody is invited to a cohort."""

    name: ClassVar[str] = "programmes.invited"
    enrolment_id: UUID
    cohort_id: UUID
    municipality_id: UUID


@events.register
@dataclass(frozen=True, kw_only=True)
class GatheringChanged(events.Event):
    """A gathering was moved, cancelled, or is held after all: calendars and people are to know.

    Takes: what, "moved", "cancelled" or "put_back"; "" for what people need not be told, such as a new gathering.
    """

    name: ClassVar[str] = "programmes.gathering_changed"
    gathering_id: UUID
    municipality_id: UUID
    what: str = ""


@events.register
@dataclass(frozen=True, kw_only=True)
class AttendanceChanged(events.Event):
    """What somebody attended or made up changed: completion may follow."""

    name: ClassVar[str] = "programmes.attendance_changed"
    enrolment_id: UUID
    municipality_id: UUID


@events.register
@dataclass(frozen=True, kw_only=True)
class TeamChanged(events.Event):
    """A team was formed or dissolved, has other members, another idea, another phase, or has handed something in."""

    name: ClassVar[str] = "programmes.team_changed"
    team_id: UUID
    municipality_id: UUID
    what: str
    idea_id: UUID | None


def of_cohort(event_type: type[CohortStepped]) -> Callable[["Cohort", "StateChange"], CohortStepped]:
    """Makes the event of a step of a cohort, for the table of states."""
    return lambda cohort, change: event_type(
        cohort_id=cohort.pk, municipality_id=cohort.municipality_id, edge=change.edge
    )


def of_enrolment(event_type: type[EnrolmentStepped]) -> Callable[["Enrolment", "StateChange"], EnrolmentStepped]:
    """Makes the event of a step of an enrolment, for the table of states."""
    return lambda enrolment, change: event_type(
        enrolment_id=enrolment.pk,
        cohort_id=enrolment.cohort_id,
        municipality_id=enrolment.municipality_id,
        change_id=change.pk,
        edge=change.edge,
    )
