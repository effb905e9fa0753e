"""What goes out of the API of programmes."""

from datetime import date, time
from uuid import UUID

from ninja import Field, Schema

from grobunn.programmes.models import ProgrammeKind
from grobunn.programmes.states import CohortState, EnrolmentState


class ProgrammeOut(Schema):
    """A programme."""

    slug: str
    kind: ProgrammeKind
    name: str
    purpose: str
    guiding_question: str
    derives_from: str = Field(description="The decision behind it, in a sentence.")
    audience: str
    is_open: bool = Field(description="Everybody may read about it.")
    url: str
    is_synthetic: bool


class CohortOut(Schema):
    """One run of a programme."""

    id: UUID
    slug: str
    name: str
    state: CohortState
    first_on: date | None
    last_on: date | None
    gathering_count: int
    places: int | None = Field(description="Null: no limit.")
    url: str
    is_synthetic: bool


class DayOut(Schema):
    """A day of a gathering."""

    on: date
    starts: time
    ends: time


class GatheringOut(Schema):
    """Days together about one topic."""

    topic: str = Field(description="The same across cohorts: one makes up for another.")
    title: str
    is_about_innovation: bool
    is_required: bool
    is_cancelled: bool
    place: str
    days: list[DayOut]


class WholeCohortOut(CohortOut):
    """A cohort with its gatherings."""

    gatherings: list[GatheringOut]


class ParticipantOut(Schema):
    """Somebody's place in a cohort."""

    id: UUID
    state: EnrolmentState
    name: str
    email: str
    unit: str | None
    leader_level: int | None
    organisation: str
    is_external: bool


class ParticipantsAsked(Schema):
    """What the list is narrowed by."""

    state: EnrolmentState | None = None
    unit: UUID | None = Field(None, description="Id of a unit; those below it are counted in.")
    level: int | None = Field(None, ge=1, le=9)
