"""Taking steps over the API: those who handle ideas by reference, their writers by receipt."""

from typing import Any, Literal

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from django_scopes import scope, scopes_disabled

from grobunn.ideas.api import shown
from grobunn.ideas.api.router import router
from grobunn.ideas.api.schemas import Step, StepIn, StepOut, WriterStepIn
from grobunn.ideas.forms.steps import FORMS
from grobunn.ideas.models import Idea
from grobunn.ideas.queries.ideas import idea_by_reference
from grobunn.ideas.services.transitions import move_idea
from grobunn.ideas.states import MACHINE
from grobunn.kernel import permissions
from grobunn.kernel.actors import Actor, ReceiptHolder
from grobunn.kernel.api.access import needs_scope, open_to_all
from grobunn.kernel.api.forms import checked


@router.post("/ideas/{reference}/{transition}", response=StepOut, auth=needs_scope("ideas:write"))
def take_step(request: HttpRequest, reference: str, transition: Step, sent: StepIn) -> dict[str, Any]:
    """Take a step with an idea. The description of each field says which step needs it."""
    with scopes_disabled():
        found = idea_by_reference(reference, actor=request.user) if shown.is_name_in_addresses(reference) else None
    if found is None:
        raise Http404
    given = sent.dict(exclude_none=True, exclude={"unit"})
    if sent.unit:
        given["unit"] = _unit_id(found, sent.unit)
    return _taken(found, transition, given, actor=request.user)


@router.post(
    "/threads/{receipt}/{transition}",
    response=StepOut,
    auth=open_to_all("ideas:write", why="Whoever has the receipt code is the writer."),
)
def take_step_as_writer(
    request: HttpRequest, receipt: str, transition: Literal["reply", "withdraw"], sent: WriterStepIn
) -> dict[str, Any]:
    """Answer the question, or take the idea back, as its writer."""
    idea = shown.idea_of_receipt_or_404(receipt)
    return _taken(idea, transition, sent.dict(), actor=ReceiptHolder(idea.receipt))


def _unit_id(idea: Idea, slug: str) -> Any:
    unit = shown.unit_of(idea.municipality_id, slug)
    if unit is None:
        raise ValidationError({"unit": _("There is no unit with that short name here.")})
    return unit.pk


def _taken(idea: Idea, transition: str, given: dict[str, Any], *, actor: Actor) -> dict[str, Any]:
    permissions.check(MACHINE.by_name[transition].permission, actor, idea)
    with scope(municipality=idea.municipality_id):
        form = checked(FORMS[transition](given, idea=idea, actor=actor))
        change = move_idea(idea, transition, actor=actor, version=form.cleaned_data["version"], **form.arguments())
    return {"reference": idea.reference, "state": idea.state, "version": idea.version, "change_id": change.pk}
