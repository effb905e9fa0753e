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
