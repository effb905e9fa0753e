"""What goes in and out of the API of evaluations and diplomas."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Field, Schema

from grobunn.programmes.api.schemas import Words

_MOST = 2000


class LineOut(Schema):
    """What was answered to one question."""

    question: str
    mean: float
    counts: list[int] = Field(description="How many chose 1, 2, 3, 4 and 5.")


class TextsOut(Schema):
    """What was written to one question, in an order that tells nothing."""

    question: str
    said: list[str]


class ResultsOut(Schema):
    """What is shown of an evaluation."""

    count: int
    lines: list[LineOut]
    texts: list[TextsOut]


class EvaluationOut(Schema):
    """A gathering's evaluation, for those who lead the cohort."""

    gathering: str
    opens_at: datetime | None = Field(description="Null while the gathering has no days.")
    closes_at: datetime | None
    is_over: bool = Field(description="All that was answered is among the results.")
    people: int = Field(description="How many were there.")
    questions: list[str] = Field(description="The facilitators' own.")
    results: ResultsOut | None = Field(description="Null while fewer than five answers are let in.")


class AnswersIn(Schema):
    """What the caller answers: numbers from 1 to 5, and words where they have some."""

    useful: int
    learned: int
    well_run: int
    best: Words = Field("", max_length=_MOST)
    better: Words = Field("", max_length=_MOST)
    own_first: Words = Field("", max_length=_MOST)
    own_second: Words = Field("", max_length=_MOST)


class QuestionsIn(Schema):
    """The facilitators' own questions, at most two; until the evaluation opens."""

    questions: list[Words] = Field(max_length=2)


class DiplomaOut(Schema):
    """Somebody's diploma."""

    enrolment: UUID
    name: str
    number: str
    issued_on: date
    withdrawn_at: datetime | None
    gatherings: list[Any] = Field(description="What was attended, as it was when the diploma was issued.")


class CheckedDiplomaOut(Schema):
    """What whoever is shown a diploma may know of it."""

    number: str
    state: Literal["valid", "withdrawn"]
    initials: str
    programme: str
    cohort: str
    issued_on: date
    is_synthetic: bool
