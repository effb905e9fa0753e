"""What goes out of the API of programmes, cohorts and gatherings."""

from datetime import date, time
from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Field, Schema
from pydantic import AfterValidator

from grobunn.programmes.models import ProgrammeKind
from grobunn.programmes.states import CohortState, EnrolmentState


def _storable(text: str) -> str:
    """Refuse what no database of texts can hold: a null character, half of a character pair."""
    if "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise ValueError(_("The text has characters in it that are not text."))
    return text


Words = Annotated[str, AfterValidator(_storable)]


def later(description: str = "Left out: as it is.", **limits: Any) -> Any:
    """A field of a change that may be left out; null is refused where the type has none."""
    return Field(None, description=description, **limits)


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
    version: int
    url: str
    is_synthetic: bool


class DayOut(Schema):
    """A day of a gathering."""

    id: UUID
    on: date
    starts: time
    ends: time


class GatheringOut(Schema):
    """Days together about one topic."""

    id: UUID
    topic: str = Field(description="The same across cohorts: one makes up for another.")
    title: str
    is_about_innovation: bool
    is_required: bool
    is_cancelled: bool
    place: str
    places: int | None = Field(description="Null: as many as the cohort.")
    days: list[DayOut]
    version: int


class WholeCohortOut(CohortOut):
    """A cohort with its gatherings."""

    answer_by: date | None
    method: str = Field(description="Key of the teams' method; empty: no teams.")
    needs_pitch: bool
    most_missed_days: int
    calendar: str | None = Field(
        description="Secret address of the cohort's calendar (iCalendar); null for who does not lead it."
    )
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
