"""Starting work on an idea over the API: begun with everything it takes, or refused with what is missing."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from django_scopes import scope, scopes_disabled
from ninja.responses import Status

from grobunn.capacity.models import Source
from grobunn.capacity.quarters import Quarter
from grobunn.capacity.queries.room import Line
from grobunn.capacity.queries.sources import sources_by_id
from grobunn.ideas.models import Idea
from grobunn.ideas.queries.ideas import idea_by_reference
from grobunn.ideas.states import MACHINE, MESSAGES, IdeaState
from grobunn.ideas.validators import validate_no_identity_number
from grobunn.initiatives.api.router import router
from grobunn.initiatives.api.schemas import NeedIn, StartedOut, StartIn
from grobunn.initiatives.api.shown import shown
from grobunn.initiatives.queries.candidates import leaders_for
from grobunn.initiatives.queries.initiatives import initiative_of_idea
from grobunn.initiatives.services.start import Beginning, NotReadyToStart, start_initiative
from grobunn.kernel import permissions
from grobunn.kernel.api.access import needs_scope
from grobunn.kernel.statemachine import NotPossibleNow, SomebodyWasFirst
from grobunn.methods.queries import method_of
from grobunn.methods.shapes import Method
from grobunn.organisations.models import RoleAssignment, Unit
from grobunn.organisations.queries import open_units

_FIELDS = {"lines": "need"}


@router.post("/ideas/{reference}/start", response={201: StartedOut}, auth=needs_scope("ideas:write"))
def start_idea(request: HttpRequest, reference: str, sent: StartIn) -> Status[dict[str, Any]]:
    """Start work on an idea: an owner in the line, a first milestone, the hoped-for benefit and capacity.

    Too little room is refused with 409, a type that ends in `capacity-exceeded`, what is missing and when it is free.
    """
    with scopes_disabled():
        idea = idea_by_reference(reference, actor=request.user)
    if idea is None:
        raise Http404
    permissions.check("ideas.handle", request.user, idea)
    with scope(municipality=idea.municipality_id):
        _check(idea, sent)
        try:
            initiative = start_initiative(
                idea.municipality, beginning=_beginning(idea, sent), ideas=[idea], actor=request.user
            )
        except NotReadyToStart as refusal:
            raise ValidationError({_FIELDS.get(refusal.field, refusal.field): str(refusal.message)}) from refusal
    idea.refresh_from_db(fields=["state", "version"])
    told = shown(request, initiative, slug=idea.municipality.slug)
    return Status(201, {**told, "idea": {"reference": idea.reference, "state": idea.state, "version": idea.version}})


def _check(idea: Idea, sent: StartIn) -> None:
    """Refuse what cannot be started; sent once more under its key, it is the same as before."""
    there = initiative_of_idea(idea.pk)
    if there is not None and (sent.key is None or there.key != sent.key):
        raise NotPossibleNow(MESSAGES.not_possible_now)
    if there is None and idea.state not in (*MACHINE.by_name["start"].sources, IdeaState.STARTED):
        raise NotPossibleNow(MESSAGES.not_possible_now)
    if there is None and sent.version not in (None, idea.version):
        raise SomebodyWasFirst(MESSAGES.somebody_was_first)
    validate_no_identity_number(f"{sent.title} {sent.hypothesis} {sent.milestone} {sent.reason}")


def _beginning(idea: Idea, sent: StartIn) -> Beginning:
    unit = _unit(idea, sent.unit)
    owner = _owner(unit, sent)
    method = _method(idea, sent.method)
    return Beginning(
        title=sent.title or idea.heading,
        hypothesis=sent.hypothesis,
        unit=unit,
        owner=owner.user,
        owner_role=owner.role,
        owner_unit=owner.unit,
        milestone=sent.milestone,
        milestone_due_on=sent.milestone_due_on,
        method=method,
        phase=sent.phase or method.first.key,
        lines=lines_of(sent.need),
        reason=sent.reason,
        visibility=sent.visibility or idea.visibility,
        report_weeks=sent.report_weeks,
        key=sent.key,
        is_synthetic=idea.is_synthetic,
    )


def _unit(idea: Idea, slug: str | None) -> Unit:
    units = open_units(idea.municipality_id)
    own = [unit_id for unit_id in (idea.unit_id, idea.holder_unit_id) if unit_id is not None][:1]
    found = (units.filter(slug=slug) if slug else units.filter(pk__in=own)).first()
    if found is None:
        raise ValidationError({"unit": _("There is no unit with that short name here.")})
    return found


def _owner(unit: Unit, sent: StartIn) -> RoleAssignment:
    """The leader who was named by address or role; without either, the nearest one."""
    leaders: Sequence[RoleAssignment] = leaders_for(unit)
    if sent.owner_email:
        leaders = [each for each in leaders if each.user.email.lower() == sent.owner_email.lower()]
    if sent.owner_role:
        leaders = [each for each in leaders if each.role == sent.owner_role]
    if not leaders:
        raise ValidationError({"owner": _("The owner is somebody in the line: choose a leader.")})
    return leaders[0]


def _method(idea: Idea, key: str) -> Method:
    method = method_of(idea.municipality_id, key)
    if method is None:
        raise ValidationError({"method": _("There is no such method here.")})
    return method


def lines_of(need: Sequence[NeedIn]) -> list[Line]:
    """The capacity that was asked for. Raises: ValidationError for a source or a quarter that there is not."""
    sources: dict[Any, Source] = sources_by_id(each.source for each in need)
    lines: list[Line] = []
    for each in need:
        if each.source not in sources:
            raise ValidationError({"need": _("There is no such source here.")})
        try:
            quarter = Quarter.read(each.quarter)
        except ValueError as error:
            raise ValidationError({"need": _("A quarter is written as 2026-4.")}) from error
        lines.append(Line(source=sources[each.source], quarter=quarter, amount=each.amount))
    return lines
