"""Decides at gates: go on, not yet, and asking whoever decides."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from grobunn.initiatives.guards import AskedAlready, NoGateHere
from grobunn.initiatives.models import Initiative
from grobunn.initiatives.queries.phases import GateNow, PhaseNow, phase_now
from grobunn.initiatives.services.steps import compared, step
from grobunn.kernel import clock, permissions
from grobunn.kernel.actors import Actor
from grobunn.kernel.models import StateChange
from grobunn.methods.shapes import Phase


def pass_gate(initiative: Initiative, *, actor: Actor, reason: str, version: int | None = None) -> StateChange:
    """Decide that the work goes on to the next phase.

    Takes:   version that the decider looked at, if known.
    Raises:  GateNotReady naming what is missing, NoGateHere, SomebodyWasFirst, NotPossibleNow, InputMissing without a
             reason; PermissionDenied, also where the gate is a leader's and the actor is not above the owner.
    Effects: phase, stage, history, audit, InitiativeMoved.
    """
    now = phase_now(compared(initiative, version))
    gate = _to_decide(now, actor=actor)
    onward = now.following
    return step(
        initiative,
        "pass_gate",
        actor=actor,
        reason=reason,
        inputs={"gate": gate.gate, "missing": gate.missing},
        changes=entering(initiative, onward) if onward else {},
        data={**facts_of(now), "gate": gate.gate.key, **({"to_phase": onward.key} if onward else {})},
    )


def send_back(initiative: Initiative, *, actor: Actor, reason: str, version: int | None = None) -> StateChange:
    """Decide that it is not there yet: the work stays in its phase, with the reason.

    Raises:  as `pass_gate`, but for what is missing: that may be the reason.
    Effects: history, audit, InitiativeMoved.
    """
    now = phase_now(compared(initiative, version))
    gate = _to_decide(now, actor=actor)
    return step(
        initiative,
        "send_back",
        actor=actor,
        reason=reason,
        inputs={"gate": gate.gate.key},
        data={**facts_of(now), "gate": gate.gate.key},
    )


def ask_decision(initiative: Initiative, *, actor: Actor, reason: str = "", version: int | None = None) -> StateChange:
    """Ask whoever decides about the gate to do so.

    Takes:   reason, a word to the decider.
    Raises:  GateNotReady, NoGateHere, AskedAlready, SomebodyWasFirst, NotPossibleNow; PermissionDenied.
    Effects: history, audit, DecisionAsked.
    """
    now = phase_now(compared(initiative, version))
    gate = _gate_here(now)
    if gate.asked_at is not None:
        raise AskedAlready(_("Whoever decides has been asked already, and has not answered yet."))
    return step(
        initiative,
        "ask_decision",
        actor=actor,
        reason=reason,
        inputs={"gate": gate.gate, "missing": gate.missing},
        data={**facts_of(now), "gate": gate.gate.key, "decided_by": gate.gate.decided_by},
    )


def may_decide(now: PhaseNow, actor: Actor) -> bool:
    """Whether somebody decides about the gate that the work has come to."""
    if now.gate is None or now.gate.is_passed:
        return False
    return permissions.is_allowed(_permission(now.gate), actor, now.initiative)


def facts_of(now: PhaseNow) -> dict[str, Any]:
    """Where the work was, for the history."""
    return {"method": now.method.key, "edition": now.method.edition, "phase": now.phase.key}


def entering(initiative: Initiative, phase: Phase) -> dict[str, Any]:
    """The fields that change when work enters a phase: its stage begins anew only where it is another."""
    changed: dict[str, Any] = {"phase": phase.key}
    if phase.stage != initiative.stage:
        changed |= {"stage": phase.stage, "stage_since": clock.now()}
    return changed


def _gate_here(now: PhaseNow) -> GateNow:
    if now.gate is None:
        raise NoGateHere(_("This phase has no gate. Go on to the next phase instead."))
    if now.gate.is_passed:
        raise NoGateHere(_("This gate has been passed already. Go on to the next phase instead."))
    return now.gate


def _to_decide(now: PhaseNow, *, actor: Actor) -> GateNow:
    gate = _gate_here(now)
    permissions.check(_permission(gate), actor, now.initiative)
    return gate


def _permission(gate: GateNow) -> str:
    return "initiatives.decide_above" if gate.gate.decided_by == "leader" else "initiatives.decide"
