"""What goes in and out of the API of initiatives."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Field, Schema
from pydantic import AfterValidator

from grobunn.capacity.kinds import Kind
from grobunn.ideas.models import Visibility
from grobunn.initiatives.models import Signal
from grobunn.initiatives.states import InitiativeState
from grobunn.methods.stages import Stage
from grobunn.organisations.models import Role


def _storable(text: str) -> str:
    """Refuse what no database of texts can hold: a null character, half of a character pair."""
    if "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise ValueError(_("The text has characters in it that are not text."))
    return text


Words = Annotated[str, AfterValidator(_storable)]


class InitiativesAsked(Schema):
    """What the list is narrowed by."""

    state: InitiativeState | None = None
    stage: Stage | None = None
    signal: Signal | None = None
    unit: UUID | None = Field(None, description="Id of a unit; those below it are counted in.")
    owner: UUID | None = Field(None, description="Id of whoever owns it.")
    words: Words = Field("", max_length=100, description="All of them stand in the title, hypothesis or reference.")
    overdue: bool = Field(False, description="Only those whose report was due before today.")


class InitiativeOwnerOut(Schema):
    """Who answers for an initiative: a role in the line."""

    role: Role
    unit: str
    name: str | None = Field(description="The person who has the role now; null where an ended initiative has none.")
    is_asked: bool = Field(description="Became the owner because another left, and has not said yes yet.")


class InitiativeOut(Schema):
    """An initiative in a list."""

    reference: str
    title: str
    hypothesis: str
    state: InitiativeState
    stage: Stage
    stage_since: datetime
    signal: Signal
    status: str
    status_at: datetime | None
    owner: InitiativeOwnerOut
    unit: str
    started_at: datetime
    first_quarter_on: date = Field(description="First day of the quarter in which work begins.")
    report_due_on: date | None
    visibility: Visibility
    version: int
    url: str
    is_synthetic: bool = Field(description="Made up for a demonstration.")


class HeldOut(Schema):
    """What is held of a source in a quarter."""

    source: str
    kind: Kind
    quarter: str = Field(description="As 2026-4.")
    amount: Decimal


class UsedOut(Schema):
    """Hours told so far, of one kind of help."""

    kind: Kind
    hours: Decimal


class WholeInitiativeOut(InitiativeOut):
    """An initiative with everything that its page shows."""

    summary: str
    method: str
    phase: str
    ideas: list[str] = Field(description="References of the ideas that feed it, as far as the caller may read them.")
    held: list[HeldOut]
    used: list[UsedOut] = Field(description="Sums for the initiative, never by person.")
    paused_until: date | None
    operates_since: date | None
    tried: str
    learned: str
    ended_at: datetime | None


class NeedIn(Schema):
    """So much of a source in a quarter."""

    source: UUID = Field(description="Id of the source, as the capacity of the municipality lists it.")
    quarter: Words = Field(max_length=10, description="As 2026-4.")
    amount: Decimal = Field(gt=0, max_digits=12, decimal_places=2)


class StartIn(Schema):
    """What it takes to start work on an idea."""

    hypothesis: Words = Field(max_length=400, description="The hoped-for benefit, in one sentence.")
    milestone: Words = Field(max_length=200, description="What is there when the first milestone is reached.")
    milestone_due_on: date
    need: list[NeedIn] = Field(max_length=200, description="The capacity that it holds, by source and quarter.")
    reason: Words = Field(max_length=4000, description="A word to the writer: what happens now.")
    title: Words = Field("", max_length=120, description="What it is called; as the idea if left out.")
    unit: Words | None = Field(None, max_length=60, description="Short name of the unit that carries it.")
    owner_role: Role | None = Field(None, description="Role in the line; the nearest leader if left out.")
    owner_email: Words = Field("", max_length=254, description="Which leader, where several have the role.")
    method: Words = Field("veikart", max_length=60, description="Key of the way of working.")
    phase: Words = Field("", max_length=60, description="Key of the phase it begins in; the first if left out.")
    visibility: Visibility | None = None
    report_weeks: int = Field(4, ge=1, le=26)
    key: UUID | None = Field(None, description="The sender's own id: sent again, it gives the same initiative.")
    version: int | None = Field(None, ge=1, le=2**31 - 1, description="Version of the idea that was read.")


class AnsweredIdeaOut(Schema):
    """The idea as it is now."""

    reference: str
    state: str
    version: int


class StartedOut(InitiativeOut):
    """The initiative that began."""

    idea: AnsweredIdeaOut
