"""Moves work between phases where no gate is passed, and from one method to another."""

from django.utils.translation import gettext_lazy as _

from grobunn.initiatives.guards import GateStandsBetween, NoSuchPhase, SameMethod
from grobunn.initiatives.models import Initiative
from grobunn.initiatives.queries.phases import phase_now
from grobunn.initiatives.services.gates import entering, facts_of
from grobunn.initiatives.services.steps import compared, step
from grobunn.kernel.actors import Actor
from grobunn.kernel.models import StateChange
from grobunn.methods.shapes import Method, Phase


def change_phase(
    initiative: Initiative, *, phase: str, actor: Actor, reason: str = "", version: int | None = None
) -> StateChange:
    """Go back to an earlier phase, or on to a later one where every gate between is passed.

    Takes:   phase, by its key.
    Raises:  NoSuchPhase, GateStandsBetween, SomebodyWasFirst, NotPossibleNow; PermissionDenied.
    Effects: phase, stage, history, audit, InitiativeMoved.
    """
    now = phase_now(compared(initiative, version))
    wanted = now.method.phase(phase)
    if wanted is None or wanted == now.phase:
        raise NoSuchPhase(_("Choose another phase of the method than the one where the work is."))
    standing = now.gate_before(wanted)
    if standing is not None:
        raise GateStandsBetween(standing)
    return step(
        initiative,
        "change_phase",
        actor=actor,
        reason=reason,
        inputs={"phase": phase},
        changes=entering(initiative, wanted),
        data={**facts_of(now), "to_phase": wanted.key},
    )


def switch_method(
    initiative: Initiative, *, method: Method, actor: Actor, reason: str, version: int | None = None
) -> StateChange:
    """Work by another method, or by a newer edition of the same. The stage stays, and all that has happened.

    Takes:   method that the municipality may use.
    Raises:  SameMethod, SomebodyWasFirst, NotPossibleNow, InputMissing without a reason; PermissionDenied.
    Effects: method, edition, phase, history, audit.
    """
    now = phase_now(compared(initiative, version))
    if (method.key, method.edition) == (initiative.method, initiative.method_edition):
        raise SameMethod(_("The work goes by that method already. Choose another one."))
    phase = landing_phase(initiative, method)
    return step(
        initiative,
        "switch_method",
        actor=actor,
        reason=reason,
        inputs={"method": method.key, "phase": phase.key},
        changes={"method": method.key, "method_edition": method.edition, "phase": phase.key},
        data={
            **facts_of(now),
            "to_method": method.key,
            "to_edition": method.edition,
            "to_phase": phase.key,
            "stage": initiative.stage,
        },
    )


def landing_phase(initiative: Initiative, method: Method) -> Phase:
    """Where work would be in another method: the same phase in a newer edition, else the one of its stage."""
    same = method.phase(initiative.phase) if method.key == initiative.method else None
    return same or method.phase_of_stage(initiative.stage)
