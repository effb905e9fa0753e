"""What goes in and out of the API of results, decisions and protocols."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from ninja import Field, Schema

from grobunn.juries.api.schemas import Words
from grobunn.juries.states import Ranking

_VERSION = Field(
    None, ge=1, le=2**31 - 1, description="The entry's version that was read: if it moved, nothing is done."
)


class WeightOut(Schema):
    """A criterion's weight."""

    code: str
    weight: Decimal


class EntryResultOut(Schema):
    """What came out for an entry; null where nobody has scored all that counts."""

    id: UUID
    title: str
    scored_by: int
    mean: float | None
    mean_place: int | None
    spread: float | None = Field(description="Standard deviation between those who scored.")
    adjusted: float | None = Field(description="What it would have got if all were equally strict.")
    adjusted_place: int | None
    standard_error: float | None
    interval: list[float | None] = Field(description="Lowest and highest of the adjusted result, 95 %.")
    wins_raw: float | None = Field(description="How often it is first by the mean, 0 to 1, of some hundred draws.")
    wins_adjusted: float | None
    group: int = Field(description="Entries of different groups share no juror: they are not adjusted to each other.")


class ResultsOut(Schema):
    """Results as the caller may know them."""

    ranking: Ranking | None = Field(description="The order that the chair confirmed.")
    groups: int
    criteria: list[WeightOut]
    entries: list[EntryResultOut]


class DecisionIn(Schema):
    """What is decided of an entry."""

    outcome: Words = Field(max_length=40, description="A code of the panel's occasion; empty: none yet.")
    reasons: Words | None = Field(None, max_length=10_000, description="None: as they are.")
    version: int | None = _VERSION


class FeedbackIn(Schema):
    """What an entrant is told."""

    feedback: Words = Field(max_length=10_000)
    send: bool = Field(False, description="Send it, once the decision is signed; else it is only kept.")
    version: int | None = _VERSION


class DecisionOut(Schema):
    """What is decided of an entry."""

    id: UUID
    outcome: str
    reasons: str
    decided_at: datetime | None
    feedback: str
    feedback_at: datetime | None
    version: int


class ProtocolOut(Schema):
    """A signed edition, or the excerpt of it that the caller may read."""

    edition: int
    signed_at: datetime
    digest: str | None = Field(description="SHA-256; null for an excerpt.")
    is_excerpt: bool
    content: dict[str, Any]
