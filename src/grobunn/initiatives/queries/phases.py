"""Where an initiative is in its method: its phase, what is handed in, and its gate."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from django_scopes import scopes_disabled

from grobunn.initiatives import requirements
from grobunn.initiatives.models import Attachment, Initiative
from grobunn.initiatives.queries.at_hand import has_no
from grobunn.initiatives.requirements import Requirement
from grobunn.kernel.composed import Composed
from grobunn.kernel.models import StateChange
from grobunn.methods.queries import method_of
from grobunn.methods.shapes import Gate, HandIn, Method, Phase
from grobunn.methods.stages import Stage

# What changes whether a gate is asked for or passed.
_ABOUT_GATES = ("ask_decision", "pass_gate", "send_back", "change_phase", "switch_method")
_STEPS_ABOUT_GATES = Composed(
    lambda initiative: StateChange.objects.filter(subject_id=initiative, edge__in=_ABOUT_GATES).order_by("id"),
    initiative=UUID,
)


@dataclass(frozen=True)
class Need:
    """One thing that a gate asks for."""

    requirement: Requirement
    is_met: bool


@dataclass(frozen=True)
class GateNow:
    """A gate with how things stand.

    Takes: asked_at, when its decision was asked for and not answered since; is_passed, whether it was decided before:
           the work went back to an earlier phase.
    """

    gate: Gate
    needs: tuple[Need, ...]
    is_passed: bool
    asked_at: datetime | None

    @property
    def missing(self) -> list[Requirement]:
        """What is asked for and not there, in the gate's order."""
        return [need.requirement for need in self.needs if not need.is_met]

    @property
    def is_ready(self) -> bool:
        """Whether it can be decided."""
        return not self.is_passed and not self.missing


@dataclass(frozen=True)
class Step:
    """One phase of the method, for the row of them."""

    phase: Phase
    when: Literal["past", "now", "ahead"]
    is_gate_passed: bool


@dataclass(frozen=True)
class HandedIn:
    """A hand-in of the phase, and what is handed in of it."""

    hand_in: HandIn
    attachment: Attachment | None


@dataclass(frozen=True)
class PhaseNow:
    """Where an initiative is: what its page of the phase, its gate and the card on its own page show."""

    initiative: Initiative
    method: Method
    phase: Phase
    steps: tuple[Step, ...]
    hand_ins: tuple[HandedIn, ...]
    gate: GateNow | None
    passed: frozenset[str]

    @property
    def number(self) -> int:
        """The place of the phase in the method, from 1."""
        return self.method.phases.index(self.phase) + 1

    @property
    def following(self) -> Phase | None:
        """The phase after this one."""
        return self.method.after(self.phase.key)

    @property
    def next_gate(self) -> Gate | None:
        """The next gate that is not passed, of this phase or of a later one."""
        ahead = self.method.phases[self.number - 1 :]
        return next((each.gate for each in ahead if each.gate and each.gate.key not in self.passed), None)

    def gate_before(self, phase: Phase) -> Gate | None:
        """The first gate that stands between the work and a later phase, and is not passed."""
        between = self.method.phases[self.number - 1 : self.method.phases.index(phase)]
        return next((each.gate for each in between if each.gate and each.gate.key not in self.passed), None)


def method_for(initiative: Initiative) -> Method:
    """The method that an initiative works by, in the edition that it works by; one phase where that is gone."""
    found = method_of(initiative.municipality_id, initiative.method, edition=initiative.method_edition)
    if found is not None:
        return found
    stage = Stage(initiative.stage)
    phase = Phase(key=initiative.phase, name=str(stage.label), stage=stage)
    return Method(key=initiative.method, edition=initiative.method_edition, name=initiative.method, phases=(phase,))


def phase_now(initiative: Initiative) -> PhaseNow:
    """Where an initiative is. Two SQL, one more for an own method, and what the gate's requirements ask."""
    method = method_for(initiative)
    phase = method.phase(initiative.phase) or method.phase_of_stage(initiative.stage)
    handed_in = handed_in_of(initiative)
    changes = _STEPS_ABOUT_GATES.rows(initiative=initiative.pk)
    passed = _passed(changes, method=method)
    place = method.phases.index(phase)
    return PhaseNow(
        initiative=initiative,
        method=method,
        phase=phase,
        steps=tuple(
            Step(
                phase=each,
                when="past" if number < place else "now" if number == place else "ahead",
                is_gate_passed=bool(each.gate and each.gate.key in passed),
            )
            for number, each in enumerate(method.phases)
        ),
        hand_ins=tuple(HandedIn(each, handed_in.get(each.key)) for each in phase.hand_ins),
        gate=_gate(initiative, phase.gate, method=method, handed_in=handed_in, changes=changes, passed=passed),
        passed=passed,
    )


def handed_in_of(initiative: Initiative) -> dict[str, Attachment]:
    """The latest of each hand-in that is there, by key. One SQL, none where it was read with none."""
    if has_no(initiative, "hand_ins"):
        return {}
    with scopes_disabled():
        rows = Attachment.objects.filter(initiative=initiative, removed_at=None).exclude(hand_in="")
        return {row.hand_in: row for row in rows.order_by("made_at", "id")}


def _passed(changes: list[StateChange], *, method: Method) -> frozenset[str]:
    """Keys of the method's gates that were passed while it was worked by, in whatever edition."""
    return frozenset(
        change.data["gate"]
        for change in changes
        if change.edge == "pass_gate" and change.data.get("method") == method.key
    )


def _gate(
    initiative: Initiative,
    gate: Gate | None,
    *,
    method: Method,
    handed_in: Mapping[str, Attachment],
    changes: list[StateChange],
    passed: frozenset[str],
) -> GateNow | None:
    if gate is None:
        return None
    asked = requirements.asked_by(gate, method=method, handed_in=handed_in)
    last = changes[-1] if changes else None
    return GateNow(
        gate=gate,
        needs=tuple(Need(each, each.is_met(initiative)) for each in asked),
        is_passed=gate.key in passed,
        asked_at=last.at if last is not None and last.edge == "ask_decision" else None,
    )
