"""The order of the day: by buttons, by dragging, always the same form."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from grobunn.kernel.statemachine import TransitionRefused
from grobunn.organisations.requests import TenantRequest
from grobunn.pitching.addresses import day_page
from grobunn.pitching.models import PitchDay
from grobunn.pitching.queries.days import slots_of
from grobunn.pitching.services import days
from grobunn.pitching.views.fetch import of_day
from grobunn.ui import toasts


@require_POST
@of_day("pitching.run")
def put_in_order(request: TenantRequest, day: PitchDay) -> HttpResponse:
    """Set the order that was sent, with one team moved where its button says so."""
    order = [each for each in map(_id, request.POST.getlist("slot")) if each is not None]
    way, _colon, which = request.POST.get("flytt", "").partition(":")
    moved = next((slot for slot in slots_of(day) if str(slot.pk) == which), None)
    try:
        if moved is not None:
            days.move(moved, by=-1 if way == "opp" else 1, actor=request.user)
            toasts.success(request, _("Moved: %(team)s.") % {"team": moved.team.name})
        else:
            days.put_in_order(day, slot_ids=order, actor=request.user)
    except TransitionRefused as refusal:
        toasts.warning(request, str(refusal.message))
    return redirect(f"{day_page(day)}#rekkefolge")


def _id(given: str) -> UUID | None:
    try:
        return UUID(given)
    except ValueError:
        return None
