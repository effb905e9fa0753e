"""What an address of the API names, for callers who may see it."""

from uuid import UUID

from django.http import Http404, HttpRequest
from django_scopes import scopes_disabled

from grobunn.kernel import permissions
from grobunn.pitching.models import PitchDay, Slot
from grobunn.pitching.queries.days import slots_of


def day_or_404(request: HttpRequest, pitch_day_id: UUID) -> PitchDay:
    """A pitch day that the caller may see. Raises: Http404."""
    with scopes_disabled():
        found = PitchDay.objects.select_related("municipality", "cohort__programme", "panel__municipality")
        day = found.filter(pk=pitch_day_id).first()
    if day is None or not permissions.is_allowed("pitching.view", request.user, day):
        raise Http404
    return day


def slot_or_404(request: HttpRequest, pitch_day_id: UUID, slot_id: UUID) -> Slot:
    """A team's place on a day that the caller may see. Raises: Http404."""
    day = day_or_404(request, pitch_day_id)
    slot = next((each for each in slots_of(day) if each.pk == slot_id), None)
    if slot is None:
        raise Http404
    if slot.entry is not None and day.panel is not None:
        slot.entry.panel = day.panel
    return slot
