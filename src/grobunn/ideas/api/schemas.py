"""What goes in and out of the API of ideas."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Field, Schema
from pydantic import AfterValidator

from grobunn.ideas.models import TEXT_LENGTH, TITLE_LENGTH, IdeaKind, Visibility
from grobunn.ideas.states import IdeaState
from grobunn.organisations.models import Role

REASON_LENGTH = 4000


def _storable(text: str) -> str:
    """Refuse what no database of texts can hold: a null character, half of a character pair."""
    if "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise ValueError(_("The text has characters in it that are not text."))
    return text


Words = Annotated[str, AfterValidator(_storable)]


class IdeaIn(Schema):
    """A new idea; everything but the text is optional."""

    text: Words = Field(
        description=f"What the idea is, 1 to {TEXT_LENGTH} characters, without a national identity number."
    )
    title: Words = Field("", max_length=TITLE_LENGTH)
    kind: IdeaKind | None = None
    unit: Words | None = Field(
        None, max_length=60, description="Short name of the unit where it was written, as in its address."
    )
    visibility: Visibility = Visibility.MUNICIPALITY
    email: Words = Field("", max_length=254, description="Where the answer is sent, for a writer without an account.")
    language: Literal["nb", "nn", "en"] | None = Field(
        None, description="Language of the text and of mails to the writer; the municipality's own if left out."
    )
    is_anonymous: bool = Field(False, description="Store nothing about the writer, although a token is sent.")
    goes_on: bool = Field(False, description="Send it although it looks like whistleblowing or a deviation report.")
    key: UUID | None = Field(None, description="The sender's own id: sent again, it gives the same idea.")


class HolderOut(Schema):
    """Who owes the answer: a role in a unit."""

    role: Role
    unit: str
    words: str = Field(description="The same for people, in the language of the request.")


class SimilarOut(Schema):
    """Something like the text, from this municipality or another."""

    kind: str
    title: str
    url: str
    municipality: str = Field(description="The municipality's name in addresses, such as trondheim.")
    state: str
    score: float = Field(description="0 to 1: from 0.75 the same, from 0.5 close, from 0.3 related.")
    why: list[str] = Field(description="The words that match; none where only the meaning does.")
    passage: str = Field(description="What it says, where only the meaning matches and the title does not tell.")


class SimilarAsked(Schema):
    """Query parameters of the search for what is alike."""

    municipality: str = Field(max_length=80, description="Where the writer stands, as in addresses.")
    q: Words = Field(max_length=TEXT_LENGTH, description="The text so far.")
    limit: int = Field(5, ge=1, le=20, description="At most so many.")


class ReceiptOut(Schema):
    """What the writer knows at once."""

    reference: str
    receipt: str = Field(description="The secret code of the thread; shown once.")
    holder: HolderOut
    answer_due_on: date
    thread_url: str
    similar: list[SimilarOut]


class IdeaOut(Schema):
    """An idea that the caller may read."""

    reference: str
    title: str
    text: str
    kind: str
    state: IdeaState
    visibility: Visibility
    unit: str | None
    submitted_at: datetime
    answer_due_on: date | None
    version: int = Field(description="Rises with every step; send it along with the next one.")
    url: str
    is_synthetic: bool = Field(description="Made up for a demonstration.")


class LifeOut(Schema):
    """One step of the thread."""

    step: str
    at: datetime
    sentence: str
    words: str


class ThreadOut(Schema):
    """A thread as its writer reads it."""

    reference: str
    title: str
    text: str
    state: IdeaState
    holder: HolderOut
    answer_due_on: date | None
    life: list[LifeOut]
    may: list[str] = Field(description="Steps that the holder of the receipt may take now.")


# Starting is no step among these: it takes an owner and capacity, and has an operation of its own.
Step = Literal["take_up", "ask", "reply", "forward", "park", "solve", "merge", "decline", "reopen", "withdraw"]


class StepIn(Schema):
    """What a step takes; each step needs some of it and passes over the rest."""

    reason: Words = Field("", max_length=REASON_LENGTH)
    until: date | None = Field(None, description="park: the day on which it comes back.")
    condition: Words = Field("", max_length=300, description="park: what would wake it earlier.")
    waits_for: Literal["date", "call", "law", "technology", "adoption"] | None = Field(
        None, description="park: what it waits for; another's adoption of an example wakes it by itself."
    )
    waits_subject: Words = Field("", max_length=300, description="park: short name of the example, for adoption.")
    solution: Words = Field("", max_length=500, description="solve: address or name.")
    into: Words = Field("", max_length=80, description="merge: reference of the idea that goes on.")
    role: Role | None = Field(None, description="forward: the receiving role.")
    unit: Words | None = Field(None, max_length=60, description="forward: short name of the receiving unit.")
    version: int | None = Field(
        None, ge=1, le=2**31 - 1, description="The version that was read: if it moved since, nothing is done."
    )


class WriterStepIn(Schema):
    """What the writer's own steps take."""

    reason: Words = Field("", max_length=REASON_LENGTH, description="reply: the answer to the question.")


class StepOut(Schema):
    """What a step led to."""

    reference: str
    state: IdeaState
    version: int
    change_id: UUID
