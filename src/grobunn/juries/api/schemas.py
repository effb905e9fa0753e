"""What goes in and out of the API of panels."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Field, Schema
from pydantic import AfterValidator

from grobunn.juries.grounds import Standing
from grobunn.juries.states import PanelPart, PanelState, Peek


def _storable(text: str) -> str:
    """Refuse what no database of texts can hold: a null character, half of a character pair."""
    if "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise ValueError(_("The text has characters in it that are not text."))
    return text


Words = Annotated[str, AfterValidator(_storable)]


class PanelOut(Schema):
    """A panel in a list."""

    id: UUID
    reference: str
    name: str
    state: PanelState
    occasion: str
    meets_on: date | None
    is_synthetic: bool
    url: str


class LevelOut(Schema):
    """What a figure means."""

    value: int
    text: str


class CriterionOut(Schema):
    """What is judged, and how much it counts."""

    id: UUID
    code: str
    name: str
    question: str
    weight: Decimal
    levels: list[LevelOut]


class MemberOut(Schema):
    """Somebody on the panel."""

    id: UUID
    name: str
    part: PanelPart
    title: str
    has_declared: bool


class PartyOut(Schema):
    """Who or what is behind an entry."""

    name: str
    how: str


class EntryOut(Schema):
    """An entry as the caller may see it."""

    id: UUID
    title: str
    standing: Standing | None = Field(description="The caller's own; null for who runs the panel and is not on it.")
    parties: list[PartyOut] | None = Field(description="Null for who is being assessed or disqualified.")
    text: str | None = Field(description="Null for who may not open it.")


class WholePanelOut(PanelOut):
    """A panel with its people, criteria and entries."""

    purpose: str
    peek: Peek
    is_pairwise: bool
    members: list[MemberOut]
    criteria: list[CriterionOut]
    entries: list[EntryOut]


class DeclarationIn(Schema):
    """What the caller says of one entry."""

    entry: UUID
    ground: Literal["", "a", "b", "c", "d", "e", "other"] = Field(
        description="Empty: no relation. Else forvaltningsloven § 6: first paragraph a to e, or other circumstances."
    )
    text: Words = Field("", max_length=1000, description="What relation it is; needed with a ground.")


class DeclarationsIn(Schema):
    """Declarations for some entries, or anew."""

    declarations: list[DeclarationIn] = Field(min_length=1, max_length=2000)


class DeclarationOut(Schema):
    """What the caller has declared of an entry, and what follows."""

    entry: UUID
    ground: str
    declared_at: datetime
    standing: Standing
