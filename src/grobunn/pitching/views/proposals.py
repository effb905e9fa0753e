"""What a team asks for: written by the team, read by the panel."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from grobunn.capacity.forms.need import NeedForm
from grobunn.kernel import permissions
from grobunn.kernel.statemachine import TransitionRefused
from grobunn.organisations.models import Unit
from grobunn.organisations.queries import open_units
from grobunn.organisations.requests import TenantRequest
from grobunn.pitching.addresses import proposal_page
from grobunn.pitching.forms.proposals import ProposalForm
from grobunn.pitching.models import Slot
from grobunn.pitching.queries.proposals import Asked, asked_of, may_read
from grobunn.pitching.services.proposing import save_proposal
from grobunn.pitching.views.fetch import of_slot
from grobunn.ui import refusals, toasts


@require_http_methods(["GET", "POST"])
@of_slot("pitching.view")
def write_proposal(request: TenantRequest, slot: Slot) -> HttpResponse:
    """The team writes; whoever may read it reads."""
    may_write = permissions.is_allowed("pitching.propose", request.user, slot)
    if not may_read(request.user, slot):
        raise PermissionDenied("pitching.propose")
    (asked,) = asked_of([slot])
    if not may_write or slot.decided_at is not None:
        return render(request, "pitching/read_proposal.html", {"slot": slot, "day": slot.day, "asked": asked})
    unit = _unit(request, asked)
    if request.method == "GET" or "velg" in request.POST:
        return _page(request, asked, *_unsent(request, asked, unit))
    form = ProposalForm(request.POST, unit=unit, proposal=asked.proposal)
    need = _need(asked, unit, request.POST)
    if all([form.is_valid(), need.is_valid()]):
        try:
            given = form.fields_given()
            save_proposal(slot, actor=request.user, version=form.cleaned_data["version"], lines=need.lines(), **given)
        except TransitionRefused as refusal:
            refusals.say_in(form, refusal)
        else:
            toasts.success(request, _("Saved."))
            return redirect(proposal_page(slot))
    return _page(request, asked, form, need, status=422)


def _unsent(request: TenantRequest, asked: Asked, unit: Unit) -> tuple[ProposalForm, NeedForm]:
    """The forms as they are first shown, or with what was written so far when another unit is chosen."""
    given = request.POST.dict() if request.method == "POST" else {}
    if not given and asked.proposal is None and asked.slot.team.idea is not None:
        given = {"title": asked.slot.team.idea.heading[:120]}
    form = ProposalForm(unit=unit, proposal=asked.proposal, initial={**given, "unit": unit.pk})
    initial = {name.removeprefix("need-"): value for name, value in given.items() if name.startswith("need-")}
    return form, _need(asked, unit, initial=initial)


def _need(asked: Asked, unit: Unit, data: QueryDict | None = None, **given: Any) -> NeedForm:
    return NeedForm(data, unit=unit, prefix="need", shows_full=True, is_required=False, lines=asked.lines, **given)


def _unit(request: TenantRequest, asked: Asked) -> Unit:
    """The unit that the page is about: the chosen one, else the one written, the team's, the idea's, the first."""
    units = open_units(asked.slot.municipality_id)
    team = asked.slot.team
    known = [
        asked.proposal.unit_id if asked.proposal else None,
        team.unit_id,
        team.idea.unit_id if team.idea else None,
    ]
    try:
        chosen = UUID(request.POST.get("unit", "")) if request.POST.get("unit") else None
    except ValueError:
        chosen = None
    for unit_id in (chosen, *known):
        found = units.filter(pk=unit_id).first() if unit_id else None
        if found is not None:
            return found
    first = units.first()
    if first is None:
        raise Http404
    return first


def _page(
    request: TenantRequest, asked: Asked, form: ProposalForm, need: NeedForm, *, status: int = 200
) -> HttpResponse:
    context = {"slot": asked.slot, "day": asked.slot.day, "asked": asked, "form": form, "need": need}
    return render(request, "pitching/proposal.html", context, status=status)
