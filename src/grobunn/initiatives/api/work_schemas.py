"""What goes in and out of the API of everyday work."""

from datetime import date, datetime
from uuid import UUID

from ninja import Field, Schema

from grobunn.initiatives.api.schemas import Words
from grobunn.initiatives.models import Signal


class ReportIn(Schema):
    """A short report: three fields, a colour and a sentence."""

    done: Words = Field(min_length=1, max_length=2000)
    next: Words = Field("", max_length=2000)
    in_the_way: Words = Field("", max_length=2000)
    signal: Signal
    status: Words = Field(min_length=1, max_length=300, description="How it goes, in one sentence.")
    key: UUID | None = Field(None, description="The sender's own id: sent again, it gives the same report.")


class ReportOut(Schema):
    """A report as it was given."""

    id: UUID
    done: str
    next: str
    in_the_way: str
    signal: Signal
    status: str
    due_on: date | None = Field(description="The day that it was due; null for one between.")
    made_at: datetime


class TaskIn(Schema):
    """A task; the assignee is a colleague, by e-mail address."""

    title: Words = Field(min_length=1, max_length=200)
    assignee: Words = Field("", max_length=254, description="E-mail address of a colleague there; empty: nobody.")
    due_on: date | None = None
    key: UUID | None = Field(None, description="The sender's own id: sent again, it gives the same task.")


class TaskOut(Schema):
    """A task of an initiative."""

    id: UUID
    title: str
    assignee: str | None = Field(description="Name of whoever does it.")
    due_on: date | None
    done_at: datetime | None


class MilestoneIn(Schema):
    """A milestone."""

    title: Words = Field(min_length=1, max_length=200)
    due_on: date
    key: UUID | None = Field(None, description="The sender's own id: sent again, it gives the same milestone.")


class MilestoneOut(Schema):
    """A milestone of an initiative."""

    id: UUID
    title: str
    due_on: date
    reached_on: date | None


class MarkIn(Schema):
    """Whether it is done or reached."""

    is_done: bool
