"""What a step of an initiative takes and gives over the API."""

from datetime import date
from typing import Literal
from uuid import UUID

from ninja import Field, Schema

from grobunn.initiatives.api.schemas import NeedIn, Words
from grobunn.initiatives.states import InitiativeState
from grobunn.organisations.models import Role

Step = Literal[
    "change_owner",
    "accept_owner",
    "replan",
    "pause",
    "resume",
    "put_in_operation",
    "finish_learned",
    "reopen",
]


class InitiativeStepIn(Schema):
    """What a step takes; each step needs some of it and passes over the rest."""

    reason: Words = Field("", max_length=4000, description="pause and reopen need it; the others may have it.")
    owner_email: Words = Field("", max_length=254, description="change_owner, reopen: the leader who is asked.")
    role: Role | None = Field(None, description="put_in_operation: who runs it. change_owner, reopen: in which role.")
    unit: Words = Field("", max_length=60, description="put_in_operation: short name of the unit that runs it.")
    need: list[NeedIn] = Field(
        default_factory=list,
        max_length=200,
        description="replan: all that it is to hold from this quarter on. resume: the same; none: as before it waited.",
    )
    until: date | None = Field(None, description="pause: the day on which the owner is asked.")
    since: date | None = Field(None, description="put_in_operation: since when.")
    tried: Words = Field("", max_length=4000, description="finish_learned: what was tried.")
    learned: Words = Field("", max_length=4000, description="finish_learned: what was learned.")
    version: int | None = Field(
        None, ge=1, le=2**31 - 1, description="The version that was read: if it moved since, nothing is done."
    )


class InitiativeStepOut(Schema):
    """What a step led to."""

    reference: str
    state: InitiativeState
    version: int
    change_id: UUID
