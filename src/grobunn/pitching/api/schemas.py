"""What goes in and out of the API of pitch days."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Literal
from uuid import UUID

from ninja import Field, Schema

from grobunn.ideas.waking import WaitsFor
from grobunn.initiatives.api.schemas import NeedIn, Words
from grobunn.organisations.models import Role
from grobunn.pitching.models import QuestionState
from grobunn.pitching.states import DayState, SlotState

_KEY = Field(None, description="The sender's own id: sent again, it gives the same day.")
_MINUTES = Field(5, ge=1, le=60)


class PitchDayOut(Schema):
    """A pitch day."""

    id: UUID
    slug: str
    name: str
    state: DayState
    on: date
    starts: time
    place: str
    video_url: str
    cohort: UUID
    panel: str | None = Field(description="Reference of its panel.")
    pitch_minutes: int
    question_minutes: int
    takes_questions: bool
    version: int
    url: str
    is_synthetic: bool


class SlotOut(Schema):
    """A team's place in the order."""

    id: UUID
    position: int
    team: str
    team_id: UUID
    entry: UUID | None = Field(description="Its entry on the panel.")
    state: SlotState
    has_proposal: bool | None = Field(description="Null for who may not read it.")


class ClockOut(Schema):
    """The time of whoever is on stage, by the server."""

    slot: UUID
    left_seconds: int = Field(description="Below 0 when the time is up.")
    total_seconds: int
    is_running: bool


class WholePitchDayOut(PitchDayOut):
    """A pitch day with its order and who is on stage."""

    order: list[SlotOut]
    clock: ClockOut | None
    watch_url: str | None = Field(description="Link for those who watch; null for who does not run the day.")


class PitchDayIn(Schema):
    """A new pitch day of a cohort."""

    cohort: UUID
    name: Words = Field(max_length=120)
    on: date
    starts: time
    place: Words = Field("", max_length=200)
    video_url: Words = Field("", max_length=200)
    pitch_minutes: int = _MINUTES
    question_minutes: int = _MINUTES
    takes_questions: bool = True
    key: UUID | None = _KEY


class PitchDayChangeIn(Schema):
    """When and where a day is, as a whole."""

    name: Words = Field(max_length=120)
    on: date
    starts: time
    place: Words = Field("", max_length=200)
    video_url: Words = Field("", max_length=200)
    pitch_minutes: int = _MINUTES
    question_minutes: int = _MINUTES
    takes_questions: bool = True
    version: int = Field(ge=1, le=2**31 - 1, description="The version that was read: if it moved, nothing is done.")


class OrderIn(Schema):
    """The order of the day; slots that are not named come after, as they were."""

    slots: list[UUID] = Field(max_length=500)


DayStep = Literal["begin", "end", "reopen", "cancel"]
SlotStep = Literal["call", "ask", "finish", "put_back", "skip", "pause", "resume"]


class DayStepIn(Schema):
    """A step of a day."""

    reason: Words = Field("", max_length=400, description="Needed to open it again and to cancel it.")


class QuestionOut(Schema):
    """A question from the room; nobody knows whose."""

    id: UUID
    slot: UUID
    text: str
    state: QuestionState
    asked_at: datetime


class QuestionIn(Schema):
    """What becomes of a question."""

    state: QuestionState


class LineOut(Schema):
    """So much of a source in a quarter."""

    source: UUID
    name: str
    quarter: str = Field(description="As 2026-4.")
    amount: Decimal


class ProposalOut(Schema):
    """What a team asks for."""

    version: int | None = Field(description="Null where nothing is written yet.")
    title: str
    summary: str
    hypothesis: str
    unit: str | None = Field(description="Short name of the unit that carries it.")
    owner: str | None
    owner_role: Role | None
    milestone: str
    milestone_due_on: date | None
    method: str
    need: list[LineOut]
    missing: list[str] = Field(description="What lacks before a yes is one press, in sentences.")


class ProposalIn(Schema):
    """What a team asks for, as a whole; may be half finished."""

    title: Words = Field("", max_length=120)
    summary: Words = Field("", max_length=4000)
    hypothesis: Words = Field("", max_length=400)
    unit: Words = Field(max_length=60, description="Short name of the unit that carries it.")
    owner_email: Words = Field("", max_length=254, description="A leader in the line of the unit; empty: nobody yet.")
    owner_role: Role | None = Field(None, description="Which of their roles, where they have several.")
    milestone: Words = Field("", max_length=120)
    milestone_due_on: date | None = None
    method: Words = Field("veikart", max_length=60)
    need: list[NeedIn] = Field(default_factory=list, max_length=200)
    version: int | None = Field(None, description="The version that was read; null where there was none.")


class DecidedOut(Schema):
    """A team, and what was decided as far as the caller may know."""

    slot: UUID
    position: int
    team: str
    state: SlotState
    is_kept: bool = Field(description="The caller takes no part in this one, and is told nothing of it.")
    outcome: Literal["start", "park", "no"] | None
    reasons: str | None
    initiative: str | None = Field(description="Reference of what has begun.")
    owner: str | None
    milestone: str | None
    milestone_due_on: date | None
    need: list[LineOut]


class MinutesOut(Schema):
    """The minutes of a day as the caller may read them; the signed record is the panel's protocol."""

    name: str
    on: date
    place: str
    state: DayState
    panel: list[str] = Field(description="Who sits on it, with title and part.")
    protocol: str | None = Field(description="Reference of the panel whose protocol it stands in.")
    decisions: list[DecidedOut]


class EffectOut(LineOut):
    """What a yes does to a line."""

    left: Decimal
    left_after: Decimal = Field(description="Below 0 where there is no room.")


class ConsequenceOut(Schema):
    """What a yes would do now."""

    fits: bool
    free_from: str | None = Field(
        description="The first quarter in which it fits; null where none has room, or it fits."
    )
    effects: list[EffectOut]
    pushed_back: list[str] = Field(description="Undecided teams for which there is room now and would not be.")
    missing: list[str]


class PitchDecisionIn(Schema):
    """What the panel says of a pitch."""

    way: Literal["start", "raise", "later", "park", "no"] = Field(
        description="Start now; say that there is more, and start; start in a later quarter; park; no."
    )
    reasons: Words = Field(max_length=4000, description="Stand in the minutes; whoever wrote the idea reads them.")
    raise_reason: Words = Field("", max_length=2000, description="raise: where the hours or the money come from.")
    quarters_later: int = Field(1, ge=1, le=40, description="later: by how many quarters.")
    until: date | None = Field(None, description="park: the day on which the idea comes back.")
    waits_for: WaitsFor = Field(WaitsFor.DATE, description="park: what would wake it earlier.")
    condition: Words = Field("", max_length=300, description="park: the same in own words.")
    version: int | None = Field(None, ge=1, le=2**31 - 1, description="The entry's version that was read.")
