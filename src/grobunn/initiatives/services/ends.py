"""The two good ends, and opening again: in operation, or finished with what was learned."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from grobunn.accounts.models import User
from grobunn.initiatives.models import Initiative
from grobunn.initiatives.services.owners import NotALeader, lock_owner
from grobunn.initiatives.services.planning import let_go
from grobunn.initiatives.services.steps import all_or_nothing, compared, step
from grobunn.kernel import clock
from grobunn.kernel.actors import Actor
from grobunn.kernel.models import StateChange
from grobunn.methods.queries import method_of
from grobunn.methods.stages import Stage
from grobunn.organisations.models import Unit


def put_in_operation(
    initiative: Initiative,
    *,
    runs_role: str,
    runs_unit: Unit,
    since: date,
    actor: Actor,
    reason: str = "",
    version: int | None = None,
) -> StateChange:
    """Say that it is how things are done now: who runs it, since when.

    Raises:  DateLiesAhead, SomebodyWasFirst, NotPossibleNow, InputMissing; PermissionDenied.
    Effects: row, reservations, history, audit, InitiativeInOperation.
    """
    now = clock.now()
    with all_or_nothing(compared(initiative, version)):
        change = step(
            initiative,
            "put_in_operation",
            actor=actor,
            reason=reason,
            inputs={"runs_role": runs_role, "runs_unit": runs_unit, "since": since},
            changes={
                "runs_role": runs_role,
                "runs_unit_id": runs_unit.pk,
                "operates_since": since,
                "ended_at": now,
                "report_due_on": None,
                "stage": Stage.OPERATE,
                "stage_since": initiative.stage_since if initiative.stage == Stage.OPERATE else now,
            },
            data={"runs_role": runs_role, "runs_unit": runs_unit.name, "since": since.isoformat()},
        )
        let_go(initiative, actor=actor)
    return change


def finish_learned(
    initiative: Initiative, *, tried: str, learned: str, actor: Actor, reason: str = "", version: int | None = None
) -> StateChange:
    """Stop, and say what was tried and learned: finished, and worth applause.

    Raises:  SomebodyWasFirst, NotPossibleNow, InputMissing; PermissionDenied.
    Effects: row, reservations, history, audit, InitiativeLearned.
    """
    now = clock.now()
    tried, learned = tried.strip(), learned.strip()
    with all_or_nothing(compared(initiative, version)):
        change = step(
            initiative,
            "finish_learned",
            actor=actor,
            reason=reason,
            inputs={"tried": tried, "learned": learned},
            changes={
                "tried": tried,
                "learned": learned,
                "ended_at": now,
                "paused_until": None,
                "report_due_on": None,
                "stage": Stage.CLOSED_LEARNED,
                "stage_since": now,
            },
            data={"from_stage": initiative.stage},
        )
        let_go(initiative, actor=actor)
    return change


def reopen(
    initiative: Initiative,
    *,
    owner: User,
    role: str,
    unit: Unit,
    reason: str,
    actor: Actor,
    version: int | None = None,
) -> StateChange:
    """Open what is finished again: on hold from today, with an owner, until somebody finds room and goes on.

    What was said at its end stays on its page until it ends anew.
    Raises:  NotALeader, SomebodyWasFirst, NotPossibleNow, InputMissing; PermissionDenied.
    Effects: row, history, audit, InitiativeMoved.
    """
    is_asked = owner.pk != actor.pk
    stage = _stage_of_phase(initiative)
    with all_or_nothing(compared(initiative, version)):
        if unit.municipality_id != initiative.municipality_id or lock_owner(owner.pk, role=role, unit=unit) is None:
            raise NotALeader(_("The owner is somebody in the line: choose a leader."))
        return step(
            initiative,
            "reopen",
            actor=actor,
            reason=reason,
            inputs={"owner": owner},
            changes={
                "owner_id": owner.pk,
                "owner_role": role,
                "owner_unit_id": unit.pk,
                "is_owner_asked": is_asked,
                "owner_asked_at": clock.now() if is_asked else None,
                "owner_reminded_at": None,
                "owner_escalated_at": None,
                "paused_until": clock.today(),
                "asked_to_resume_on": None,
                "ended_at": None,
                "stage": stage,
                "stage_since": clock.now(),
            },
            data={"role": role, "unit": unit.name},
        )


def _stage_of_phase(initiative: Initiative) -> str:
    method = method_of(initiative.municipality_id, initiative.method, edition=initiative.method_edition)
    phase = method.phase(initiative.phase) if method else None
    return phase.stage if phase else Stage.TRIAGE
