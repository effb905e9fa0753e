"""What goes into the API that makes and changes programmes and cohorts."""

from datetime import date
from typing import Literal
from uuid import UUID

from ninja import Field, Schema

from grobunn.programmes.api.schemas import Words, later
from grobunn.programmes.models import ProgrammeKind

VERSION = Field(None, ge=1, le=2**31 - 1, description="The version that was read: if it moved, nothing is done.")
KEY = Field(None, description="The sender's own id: sent again, it gives the same one.")


class ProgrammeIn(Schema):
    """A new programme."""

    name: Words = Field(max_length=120)
    kind: ProgrammeKind = ProgrammeKind.PROGRAMME
    purpose: Words = Field("", max_length=4000)
    guiding_question: Words = Field("", max_length=400)
    derives_from: Words = Field("", max_length=400)
    audience: Words = Field("", max_length=200)
    follows: Words = Field("", max_length=60, description="Slug of the programme that it follows after.")
    is_open: bool = True
    key: UUID | None = KEY


class ProgrammeChangeIn(Schema):
    """Other words for a programme; what is left out stays."""

    name: Words = later()
    kind: ProgrammeKind = later()
    purpose: Words = later()
    guiding_question: Words = later()
    derives_from: Words = later()
    audience: Words = later()
    is_open: bool = later()
    version: int | None = VERSION


class CohortIn(Schema):
    """A new cohort."""

    name: Words = Field(max_length=120)
    places: int | None = Field(None, ge=1, le=10_000, description="Null: no limit.")
    answer_by: date | None = None
    method: Words = Field("", max_length=60, description="Key of a method that the municipality offers; empty: none.")
    needs_pitch: bool = False
    most_missed_days: int = Field(0, ge=0, le=10)
    key: UUID | None = KEY


class CohortChangeIn(Schema):
    """Other rules for a cohort; what is left out stays."""

    name: Words = later()
    places: int | None = Field(None, ge=1, le=10_000, description="Null: no limit. Left out: as it is.")
    answer_by: date | None = Field(None, description="Null: none. Left out: as it is.")
    method: Words = later()
    needs_pitch: bool = later()
    most_missed_days: int = later()
    version: int | None = VERSION


class CohortCopyIn(Schema):
    """The next run of a cohort, with all days moved."""

    name: Words = Field(max_length=120)
    begins_on: date
    key: UUID | None = KEY


CohortStep = Literal["open", "begin", "finish", "reopen", "cancel"]


class CohortStepIn(Schema):
    """A step in the life of a cohort."""

    reason: Words = Field("", max_length=400, description="Needed to open it again and to cancel it.")
    version: int | None = VERSION
