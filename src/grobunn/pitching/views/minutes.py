"""The minutes of a day: written when it was decided, ready when the day ends."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from grobunn.organisations.requests import TenantRequest
from grobunn.pitching.addresses import panel_url
from grobunn.pitching.models import PitchDay
from grobunn.pitching.queries.decisions import standing_decisions
from grobunn.pitching.queries.minutes import panel_in_words
from grobunn.pitching.views.fetch import of_day


@require_GET
@of_day("pitching.view")
def show_minutes(request: TenantRequest, day: PitchDay) -> HttpResponse:
    """The order, the decisions with reasons, their owners and their capacity; to be printed."""
    context = {
        "day": day,
        "standings": standing_decisions(day, actor=request.user),
        "members": panel_in_words(day),
        "panel_url": panel_url(day),
    }
    return render(request, "pitching/minutes.html", context)
