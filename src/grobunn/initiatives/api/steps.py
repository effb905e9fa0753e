"""Taking the steps of an initiative's life over the API: given on, on hold, going on, planned anew, ended, opened."""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django_scopes import scope

from grobunn.initiatives.api.router import router
from grobunn.initiatives.api.shown import initiative_or_404
from grobunn.initiatives.api.starting import lines_of
from grobunn.initiatives.api.step_schemas import InitiativeStepIn, InitiativeStepOut, Step
from grobunn.initiatives.models import Initiative
from grobunn.initiatives.queries.leaders import leaders_of
from grobunn.initiatives.services import ends, owners, planning
from grobunn.initiatives.services.steps import compared
from grobunn.initiatives.states import MACHINE
from grobunn.kernel import permissions
from grobunn.kernel.actors import Actor
from grobunn.kernel.api.access import needs_scope
from grobunn.kernel.models import StateChange
from grobunn.organisations.models import RoleAssignment, Unit
from grobunn.organisations.queries import open_units

Taker = Callable[[Initiative, InitiativeStepIn, Actor], StateChange]


@router.post("/initiatives/{reference}/steps/{step}", response=InitiativeStepOut, auth=needs_scope("initiatives:write"))
def take_initiative_step(request: HttpRequest, reference: str, step: Step, sent: InitiativeStepIn) -> dict[str, Any]:
    """Take a step with an initiative. The description of each field says which step needs it."""
    initiative = initiative_or_404(request, reference)
    permissions.check(MACHINE.by_name[step].permission, request.user, initiative)
    with scope(municipality=initiative.municipality_id):
        change = _TAKERS[step](compared(initiative, sent.version), sent, request.user)
    return {
        "reference": initiative.reference,
        "state": initiative.state,
        "version": initiative.version,
        "change_id": change.pk,
    }


def _give(initiative: Initiative, sent: InitiativeStepIn, actor: Actor) -> StateChange:
    leader = _leader(initiative, sent)
    return owners.change_owner(
        initiative, to=leader.user, role=leader.role, unit=leader.unit, actor=actor, reason=sent.reason
    )


def _accept(initiative: Initiative, sent: InitiativeStepIn, actor: Actor) -> StateChange:
    return owners.accept_owner(initiative, actor=actor)


def _replan(initiative: Initiative, sent: InitiativeStepIn, actor: Actor) -> StateChange:
    return planning.replan(initiative, lines=lines_of(sent.need), actor=actor, reason=sent.reason)


def _pause(initiative: Initiative, sent: InitiativeStepIn, actor: Actor) -> StateChange:
    if sent.until is None:
        raise ValidationError({"until": _("Say until which day.")})
    return planning.pause(initiative, until=sent.until, reason=sent.reason, actor=actor)


def _resume(initiative: Initiative, sent: InitiativeStepIn, actor: Actor) -> StateChange:
    lines = lines_of(sent.need) if sent.need else planning.held_before_pause(initiative)
    return planning.resume(initiative, lines=lines, actor=actor, reason=sent.reason)


def _operate(initiative: Initiative, sent: InitiativeStepIn, actor: Actor) -> StateChange:
    if sent.since is None or sent.role is None:
        raise ValidationError({"since": _("Say who runs it, and since when.")})
    return ends.put_in_operation(
        initiative,
        runs_role=sent.role,
        runs_unit=_unit(initiative, sent),
        since=sent.since,
        actor=actor,
        reason=sent.reason,
    )


def _learn(initiative: Initiative, sent: InitiativeStepIn, actor: Actor) -> StateChange:
    return ends.finish_learned(initiative, tried=sent.tried, learned=sent.learned, actor=actor, reason=sent.reason)


def _reopen(initiative: Initiative, sent: InitiativeStepIn, actor: Actor) -> StateChange:
    leader = _leader(initiative, sent)
    return ends.reopen(
        initiative, owner=leader.user, role=leader.role, unit=leader.unit, reason=sent.reason, actor=actor
    )


_TAKERS: Mapping[str, Taker] = {
    "change_owner": _give,
    "accept_owner": _accept,
    "replan": _replan,
    "pause": _pause,
    "resume": _resume,
    "put_in_operation": _operate,
    "finish_learned": _learn,
    "reopen": _reopen,
}


def _leader(initiative: Initiative, sent: InitiativeStepIn) -> RoleAssignment:
    """The leader of an address; in a role, where one is named."""
    found = [each for each in leaders_of(initiative.municipality_id) if each.user.email == sent.owner_email.lower()]
    fits = [each for each in found if sent.role is None or each.role == sent.role]
    if not fits:
        raise ValidationError({"owner_email": _("The owner is somebody in the line: choose a leader.")})
    return fits[0]


def _unit(initiative: Initiative, sent: InitiativeStepIn) -> Unit:
    unit = open_units(initiative.municipality_id).filter(slug=sent.unit).first() if sent.unit else initiative.unit
    if unit is None:
        raise ValidationError({"unit": _("There is no unit with that short name here.")})
    return unit
