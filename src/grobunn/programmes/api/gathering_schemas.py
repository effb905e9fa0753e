"""What goes in and out of the API of gatherings."""

from datetime import date, datetime, time
from typing import Literal
from uuid import UUID

from ninja import Field, Schema

from grobunn.programmes.api.making_schemas import KEY, VERSION
from grobunn.programmes.api.schemas import DayOut, GatheringOut, Words, later
from grobunn.programmes.forms.gatherings import MOST_DAYS


class SessionOut(Schema):
    """Something on the programme of a day."""

    id: UUID
    starts: time
    ends: time
    title: str
    who: str


class WholeDayOut(DayOut):
    """A day with what is on it."""

    sessions: list[SessionOut]


class FacilitatorOut(Schema):
    """Somebody who leads a gathering."""

    id: UUID
    name: str


class MaterialOut(Schema):
    """Something to read or bring."""

    id: UUID
    title: str
    url: str = Field(description="Of the link, or of the file for who is signed in.")
    is_file: bool
    made_at: datetime


class WholeGatheringOut(GatheringOut):
    """A gathering with everything that its page shows."""

    about: str
    video_url: str
    cancel_reason: str
    sequence: int = Field(description="Of its calendar entries: one more with each change.")
    days: list[WholeDayOut]  # type: ignore[assignment]  # more of each day than a list tells
    facilitators: list[FacilitatorOut]
    material: list[MaterialOut]


class DayIn(Schema):
    """A day of a gathering."""

    on: date
    starts: time
    ends: time


class GatheringIn(Schema):
    """A new gathering."""

    title: Words = Field(max_length=120)
    topic: Words = Field("", max_length=60, description="The same across cohorts; empty: from the title.")
    about: Words = Field("", max_length=4000)
    is_about_innovation: bool = False
    is_required: bool = True
    place: Words = Field("", max_length=200)
    video_url: Words = Field("", max_length=200)
    places: int | None = Field(None, ge=1, le=10_000, description="Null: as many as the cohort.")
    days: list[DayIn] = Field(min_length=1, max_length=MOST_DAYS)


class GatheringChangeIn(Schema):
    """Other words for a gathering, another place; what is left out stays."""

    title: Words = later()
    about: Words = later()
    is_about_innovation: bool = later()
    is_required: bool = later()
    place: Words = later()
    video_url: Words = later()
    places: int | None = Field(None, ge=1, le=10_000, description="Null: as many as the cohort. Left out: as it is.")
    version: int | None = VERSION


class DaysIn(Schema):
    """The days that a gathering has from now on."""

    days: list[DayIn] = Field(min_length=1, max_length=MOST_DAYS)
    version: int | None = VERSION


GatheringStep = Literal["cancel", "put_back"]


class GatheringStepIn(Schema):
    """Why a gathering is cancelled."""

    reason: Words = Field("", max_length=400, description="Needed to cancel: everybody who takes part reads it.")


class SessionIn(Schema):
    """Something for the programme of a day."""

    day: UUID
    starts: time
    ends: time
    title: Words = Field(max_length=120)
    who: Words = Field("", max_length=200)


class FacilitatorIn(Schema):
    """Somebody who leads a gathering: a colleague by address, or somebody from elsewhere by name."""

    email: Words = Field("", max_length=254)
    name: Words = Field("", max_length=150)


class LinkIn(Schema):
    """A link to something to read or bring; files are added on the page."""

    title: Words = Field(max_length=120)
    url: Words = Field(max_length=200)
    key: UUID | None = KEY


GatheringPart = Literal["sessions", "facilitators", "material"]
