"""How a view finds its pitch day or its team's slot, and who may use the view."""

from django.http import Http404

from grobunn.kernel import permissions
from grobunn.organisations.requests import TenantRequest
from grobunn.organisations.views.fetching import given
from grobunn.pitching.models import PitchDay, Slot
from grobunn.pitching.queries.days import day_by_slug, slot_of_team


def day_or_404(request: TenantRequest, slug: str) -> PitchDay:
    """The day of an address, if the reader may see it. Raises: Http404."""
    day = day_by_slug(request.municipality, slug)
    if day is None or not permissions.is_allowed("pitching.view", request.user, day):
        raise Http404
    return day


def slot_or_404(request: TenantRequest, slug: str, team: str) -> Slot:
    """The place of a team on a day, if the reader may see the day. Raises: Http404."""
    slot = slot_of_team(day_or_404(request, slug), team)
    if slot is None:
        raise Http404
    return slot


of_day = given(day_or_404, "slug")
of_slot = given(slot_or_404, "slug", "team")
