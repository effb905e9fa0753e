"""What goes in and out of the API of phases and gates."""

from datetime import datetime
from typing import Literal

from ninja import Field, Schema

from grobunn.initiatives.api.schemas import Words
from grobunn.methods.stages import Stage

_VERSION = Field(None, description="The version that was looked at; refused where the initiative has moved since.")


class GateIn(Schema):
    """A decision at the gate of the phase."""

    decision: Literal["pass_gate", "send_back", "ask_decision"] = Field(
        description="Go on, not yet, or a request to whoever decides."
    )
    reason: Words = Field("", max_length=4000, description="Needed for a decision; a word to the decider otherwise.")
    version: int | None = _VERSION


class PhaseIn(Schema):
    """Another phase of the method."""

    phase: Words = Field(max_length=60, description="The key of the phase.")
    reason: Words = Field("", max_length=4000)
    version: int | None = _VERSION


class MethodIn(Schema):
    """Another method."""

    method: Words = Field(max_length=60, description="The key of a method that the municipality offers.")
    reason: Words = Field(max_length=4000)
    version: int | None = _VERSION


class HandInNowOut(Schema):
    """Something that the phase ends with."""

    key: str
    name: str
    is_handed_in: bool


class NeedOut(Schema):
    """One thing that the gate asks for."""

    key: str
    label: str
    is_met: bool


class GateNowOut(Schema):
    """The gate at the end of the phase."""

    key: str
    name: str
    decided_by: Literal["owner", "leader"] = Field(description="The owner in the line, or a leader above.")
    is_passed: bool = Field(description="Decided before; the work went back to an earlier phase.")
    asked_at: datetime | None = Field(description="When its decision was asked for, and not answered since.")
    needs: list[NeedOut]


class PhaseNowOut(Schema):
    """Where an initiative is in its method."""

    reference: str
    version: int
    method: str
    edition: int
    phase: str
    stage: Stage
    stage_since: datetime
    hand_ins: list[HandInNowOut]
    gate: GateNowOut | None
