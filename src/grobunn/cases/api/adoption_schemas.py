"""What goes in and out of the API of adoptions."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Field, Schema
from pydantic import AfterValidator

from grobunn.cases.models import Manner
from grobunn.cases.states import AdoptionState
from grobunn.organisations.models import Role

WORDS_LENGTH = 4000


def _storable(text: str) -> str:
    """Refuse what no database of texts can hold: a null character, half of a character pair."""
    if "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise ValueError(_("The text has characters in it that are not text."))
    return text


Words = Annotated[str, AfterValidator(_storable)]


class AdoptionContactOut(Schema):
    """Whom others may ask: a role, never a person."""

    role: Role
    unit: str
    mailbox: str


class AdoptionOut(Schema):
    """How far a municipality has come with a case, as everybody sees it."""

    id: UUID
    municipality: str = Field(description="The adopter's name in addresses, such as hareid.")
    municipality_name: str
    originally: str | None = Field(description="Name of the municipality that began, where it has merged since.")
    state: AdoptionState
    manner: Manner | None = Field(description="Told when it is in use.")
    changed: str
    gave: str
    planned_on: date | None
    tried_on: date | None
    in_use_on: date | None
    confirmed_at: datetime | None
    stopped_on: date | None
    stopped_because: str
    based_on: UUID | None = Field(description="The adoption whose way they started from; null: the original.")
    contact: AdoptionContactOut | None
    is_counted: bool = Field(description="In use, and in another municipality than the one that keeps the case.")
    is_synthetic: bool = Field(description="Made up for a demonstration.")
    version: int = Field(description="Rises with every step; send it along with the next one.")


class AdoptionIn(Schema):
    """Beginning to consider a case."""

    municipality: Words = Field(max_length=80, description="The adopter's name in addresses; the caller speaks for it.")
    based_on: UUID | None = Field(None, description="An adoption of the same case whose way they start from.")
    key: UUID | None = Field(None, description="The sender's own id: sent again, it gives the same adoption.")


AdoptionStep = Literal["plan", "replan", "try_out", "take_into_use", "confirm", "tell", "stop"]


class AdoptionStepIn(Schema):
    """What a step takes; each step needs some of it and passes over the rest."""

    planned_on: date | None = Field(None, description="plan, replan: when they want to begin.")
    in_use_on: date | None = Field(None, description="take_into_use: since when; not ahead.")
    manner: Manner | None = Field(None, description="take_into_use.")
    changed: Words = Field(
        "", max_length=WORDS_LENGTH, description="take_into_use, tell: asked for unless it is copied."
    )
    gave: Words = Field("", max_length=WORDS_LENGTH, description="take_into_use, confirm, tell.")
    based_on: UUID | None = Field(None, description="take_into_use: an adoption in use whose way they started from.")
    contact_role: Role | None = Field(None, description="take_into_use: whom others may ask.")
    contact_mailbox: Words = Field("", max_length=254, description="take_into_use: a shared mailbox.")
    reason: Words = Field("", max_length=WORDS_LENGTH, description="stop: why; everybody reads it.")
    version: int | None = Field(
        None, ge=1, le=2**31 - 1, description="The version that was read: if it moved since, nothing is done."
    )
    key: UUID | None = Field(None, description="The sender's own id: sent again, it gives the same step.")
