"""What goes in and out of giving scores over the API."""

from uuid import UUID

from ninja import Field, Schema
from pydantic import AwareDatetime

from grobunn.juries.api.schemas import Words
from grobunn.juries.models.scores import NOTE_LENGTH


class ScoreIn(Schema):
    """A figure, a note or both, for one criterion."""

    criterion: str = Field(min_length=1, max_length=60, description="The criterion's code.")
    value: int | None = Field(None, ge=-32768, le=32767, description="null takes the figure away again.")
    note: Words | None = Field(None, max_length=NOTE_LENGTH)
    tap: UUID | None = Field(None, description="The figure's own id, made on the device.")
    note_tap: UUID | None = Field(None, description="The note's own id.")
    at: AwareDatetime | None = Field(None, description="When it was given, by the device's clock.")


class ScoresIn(Schema):
    """Scores for one entry."""

    scores: list[ScoreIn] = Field(default_factory=list, max_length=100)
    note: Words | None = Field(None, max_length=NOTE_LENGTH, description="On the whole entry.")
    note_tap: UUID | None = None
    at: AwareDatetime | None = Field(None, description="When the note on the whole was given.")
    sent_at: AwareDatetime | None = Field(None, description="The device's clock at sending: a wrong one is set right.")


class OwnScoreOut(Schema):
    """What the caller has given for one criterion."""

    criterion: str
    value: int | None
    note: str


class OwnScoresOut(Schema):
    """What the caller has given for one entry."""

    entry: UUID
    scores: list[OwnScoreOut]
    note: str
    is_done: bool


class KeptOut(OwnScoresOut):
    """The same, with what became of what was sent, by id."""

    kept: list[UUID]
    void: list[UUID] = Field(description="Kept, and without effect: scores were not taken when it was given.")
