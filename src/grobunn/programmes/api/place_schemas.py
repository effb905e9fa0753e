"""What goes in and out of the API of places: invitations, answers, attendance, completion."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from ninja import Field, Schema
from pydantic import AwareDatetime

from grobunn.programmes.api.schemas import Words
from grobunn.programmes.states import EnrolmentState

Answer = Literal["accept", "decline", "withdraw"]
Deed = Literal["take_in", "take_out"]
MOST_PEOPLE = 2000
MOST_MARKS = 5000


class RemainsOut(Schema):
    """A required gathering that is neither attended nor made up."""

    topic: str
    title: str
    missed_days: int
    is_past: bool = Field(description="It is over: only making up helps.")
    make_up_waits: bool = Field(description="Something is handed in and not accepted yet.")


class CompletionOut(Schema):
    """Where somebody stands, and what remains."""

    attended: int
    required: int
    is_complete: bool
    lacks_pitch: bool
    remains: list[RemainsOut]
    in_words: list[str]


class PlaceOut(Schema):
    """The caller's own place in a cohort."""

    id: UUID
    cohort: UUID
    state: EnrolmentState
    number_in_line: int | None = Field(description="1 is the first; null for who is not in line.")
    calendar: str | None = Field(description="Secret address of one's own calendar (iCalendar).")
    completion: CompletionOut | None = Field(description="Null for who has no place.")


class AnswerIn(Schema):
    """An answer; a reason is kept where one is given."""

    reason: Words = Field("", max_length=400)


class InviteeIn(Schema):
    """Somebody to invite."""

    name: Words = Field(max_length=150)
    email: Words = Field(max_length=254)
    unit: Words = Field("", max_length=60, description="Slug of a unit of the municipality.")
    leader_level: int | None = Field(None, ge=1, le=9)
    organisation: Words = Field("", max_length=150, description="Of somebody from elsewhere.")


class InvitationsIn(Schema):
    """People to invite; who is known by the address keeps the place that they have."""

    people: list[InviteeIn] = Field(min_length=1, max_length=MOST_PEOPLE)
    take_in: bool = Field(False, description="Give them places at once, without asking; the rest stand in line.")


class InvitedOut(Schema):
    """What came of it."""

    invited: int = Field(description="How many are new.")
    known: int = Field(description="How many had a place or an invitation.")
    taken_in: int = Field(description="How many of them all have a place or stand in line now and did not before.")


class PeopleIn(Schema):
    """Places, by their ids."""

    people: list[UUID] = Field(min_length=1, max_length=MOST_PEOPLE)


class PeopleOut(Schema):
    """How many it concerned."""

    changed: int


class ListedOut(Schema):
    """Somebody on the list of a day."""

    enrolment: UUID
    name: str
    unit: str | None
    is_present: bool
    is_guest: bool = Field(description="Their place is in another cohort of the programme.")


class MarkIn(Schema):
    """A mark as a device made it."""

    id: UUID = Field(description="Made on the device: the mark is kept once, however often it is sent.")
    day: UUID
    enrolment: UUID
    is_present: bool
    made_at: AwareDatetime = Field(description="By the device's clock.")


class MarksIn(Schema):
    """Marks of a list, in any order: of each person and day the last made counts."""

    sent_at: AwareDatetime = Field(description="The device's clock now: what it is wrong by is taken off every mark.")
    marks: list[MarkIn] = Field(min_length=1, max_length=MOST_MARKS)


class MarksOut(Schema):
    """What came of it."""

    new: int = Field(description="How many were not known before; all that were sent are kept.")


class WaitingOut(Schema):
    """Something done instead of a gathering that was missed, not accepted yet."""

    id: UUID
    topic: str
    text: str
    made_at: datetime


class StandingOut(CompletionOut):
    """Where a participant stands."""

    enrolment: UUID
    name: str
    unit: str | None
    waiting: list[WaitingOut]


class UnitCountOut(Schema):
    """How many of a unit have completed."""

    unit: str
    people: int
    completed: int


class MakeUpIn(Schema):
    """What was done instead of a gathering that was missed."""

    text: Words = Field(max_length=4000)


class MakeUpOut(Schema):
    """What was done instead, and whether it counts."""

    id: UUID
    topic: str
    text: str
    accepted_at: datetime | None
