"""The page of an initiative: what is next, who does it, what is in the way; the rest when it is asked for."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from grobunn.discussion.panel import panel_of
from grobunn.initiatives.asides import PAGE
from grobunn.initiatives.models import Initiative
from grobunn.initiatives.queries.feeding import ideas_feeding
from grobunn.initiatives.queries.held import held_by
from grobunn.initiatives.queries.phases import phase_now
from grobunn.initiatives.views.fetch import of_initiative
from grobunn.organisations.requests import TenantRequest


@require_GET
@of_initiative("initiatives.view")
def show_initiative(request: TenantRequest, initiative: Initiative) -> HttpResponse:
    """An initiative as one reader sees it."""
    context = {
        "initiative": initiative,
        "municipality": initiative.municipality,
        "ideas": ideas_feeding(initiative, actor=request.user),
        "held": held_by(initiative),
        "now": phase_now(initiative),
        "asides": PAGE.parts_of(request, initiative, request.user),
        "panel": panel_of("initiative", initiative, actor=request.user),
    }
    return render(request, "initiatives/initiative.html", context)
