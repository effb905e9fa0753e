"""The page of the phase that an initiative is in."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from grobunn.initiatives.models import Initiative
from grobunn.initiatives.queries.deciders import decider_of
from grobunn.initiatives.queries.decisions import decisions_of
from grobunn.initiatives.queries.phases import phase_now
from grobunn.initiatives.services.gates import may_decide
from grobunn.initiatives.states import MACHINE
from grobunn.initiatives.views.fetch import of_initiative
from grobunn.kernel import permissions
from grobunn.organisations.requests import TenantRequest


@require_GET
@of_initiative("initiatives.view")
def show_phase(request: TenantRequest, initiative: Initiative) -> HttpResponse:
    """What the phase is for, what to hand in, and what its gate needs."""
    now = phase_now(initiative)
    is_helping = permissions.is_allowed("initiatives.help", request.user, initiative)
    context = {
        "initiative": initiative,
        "now": now,
        "decider": decider_of(initiative, now.gate.gate) if now.gate and not now.gate.is_passed else None,
        "decisions": decisions_of(initiative),
        "may_decide": may_decide(now, request.user),
        "may_hand_in": is_helping and not initiative.is_finished,
        "may": {edge.name for edge in MACHINE.available(initiative, request.user)},
    }
    return render(request, "initiatives/phase.html", context)
