"""What goes in and out of the API of capacity."""

from decimal import Decimal
from typing import Annotated
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Field, Schema
from pydantic import AfterValidator

from grobunn.capacity.kinds import Kind, Measure

MOST_QUARTERS = 16
QUARTER_FORM = r"^20[0-9]{2}-[1-4]$"


def _storable(text: str) -> str:
    """Refuse what no database of texts can hold: a null character, half of a character pair."""
    if "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise ValueError(_("The text has characters in it that are not text."))
    return text


Words = Annotated[str, AfterValidator(_storable)]
Amount = Annotated[Decimal, Field(ge=0, le=Decimal("999999999999.99"), max_digits=14, decimal_places=2)]


class LoadOut(Schema):
    """What there is of a source in a quarter. `reserved` and `left` are together `declared`."""

    quarter: str = Field(description="Such as 2026-4.")
    declared: float
    reserved: float
    left: float = Field(description="Below nothing where less is declared than was promised.")
    over: float = Field(description="How much more is reserved than declared.")
    used: float = Field(description="Hours told so far.")
    is_declared: bool = Field(description="Whether anybody has said how much there is; else it is nothing.")


class CapacitySourceOut(Schema):
    """A source with its quarters."""

    id: UUID
    name: str
    kind: Kind
    measure: Measure
    unit: str = Field(description="Short name of the unit whose capacity it is.")
    unit_name: str
    municipality: str = Field(description="Who it belongs to: another one, where it is lent.")
    is_shared: bool = Field(description="For the whole municipality, not only its own unit and those below it.")
    is_synthetic: bool = Field(description="Made up for a demonstration.")
    loads: list[LoadOut]


class CapacityOut(Schema):
    """How loaded a municipality's sources are."""

    municipality: str
    quarters: list[str]
    sources: list[CapacitySourceOut]


class CapacityAsked(Schema):
    """What is read."""

    unit: Words = Field("", max_length=80, description="Short name of a unit: its sources and those of units below it.")
    from_: str | None = Field(None, alias="from", pattern=QUARTER_FORM, description="First quarter; none: this one.")
    quarters: int = Field(4, ge=1, le=MOST_QUARTERS, description="How many quarters.")


class DeclareIn(Schema):
    """How much there is."""

    amount: Amount
    reason: Words = Field("", max_length=2000)


class RaiseIn(Schema):
    """That there is more, because something needs it."""

    amount: Amount = Field(description="The new figure: more than there is.")
    reason: Words = Field(min_length=1, max_length=2000)
