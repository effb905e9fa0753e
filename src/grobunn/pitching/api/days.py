"""Pitch days over the API: the list, one of them, a new one, its order."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django_scopes import scope
from ninja import Query
from ninja.responses import Status

from grobunn.kernel import permissions
from grobunn.kernel.api.access import needs_scope
from grobunn.kernel.api.forms import checked
from grobunn.kernel.api.pages import Listed, ListedRows, Paging, listed
from grobunn.organisations.models import Municipality
from grobunn.organisations.queries import municipality_by_slug
from grobunn.pitching.api.found import day_or_404
from grobunn.pitching.api.router import router
from grobunn.pitching.api.schemas import OrderIn, PitchDayChangeIn, PitchDayIn, PitchDayOut, WholePitchDayOut
from grobunn.pitching.api.shown import day_shown, whole_day
from grobunn.pitching.forms.days import ChangeDayForm, NewDayForm
from grobunn.pitching.queries.days import days_of
from grobunn.pitching.services import days as services

_READS = needs_scope("pitching:read")
_WRITES = needs_scope("pitching:write")


@router.get("/municipalities/{slug}/pitch-days", response=Listed[PitchDayOut], auth=_READS)
def list_pitch_days(request: HttpRequest, response: HttpResponse, slug: str, paging: Query[Paging]) -> ListedRows[Any]:
    """Pitch days of a municipality that the caller works in, the newest first."""
    municipality = _municipality_or_404(request, slug)
    with scope(municipality=municipality.pk):
        rows = days_of(municipality).select_related("municipality", "cohort__programme", "panel")
        page = listed(request, response, rows, order=("-on", "-id"), asked=paging)
        return ListedRows(items=[day_shown(request, each) for each in page.items], next=page.next)


@router.get("/pitch-days/{pitch_day_id}", response=WholePitchDayOut, auth=_READS)
def show_pitch_day(request: HttpRequest, pitch_day_id: UUID) -> dict[str, Any]:
    """A pitch day with its order, who is on stage, and the time that is left."""
    return whole_day(request, day_or_404(request, pitch_day_id))


@router.post("/municipalities/{slug}/pitch-days", response={201: WholePitchDayOut}, auth=_WRITES)
def make_pitch_day(request: HttpRequest, slug: str, sent: PitchDayIn) -> Status[Any]:
    """Make a pitch day of a cohort: its teams get a place each, and a panel is made."""
    municipality = _municipality_or_404(request, slug)
    permissions.check("pitching.make", request.user, municipality)
    with scope(municipality=municipality.pk):
        # The form of the page asks for a key; a request without one is made once by its idempotency key.
        given = {**sent.dict(), "key": sent.key or sent.cohort}
        said = checked(NewDayForm(given, municipality=municipality)).cleaned_data
        day = services.make_day(said.pop("cohort"), actor=request.user, **{**said, "key": sent.key})
    return Status(201, whole_day(request, day_or_404(request, day.pk)))


@router.put("/pitch-days/{pitch_day_id}", response=WholePitchDayOut, auth=_WRITES)
def change_pitch_day(request: HttpRequest, pitch_day_id: UUID, sent: PitchDayChangeIn) -> dict[str, Any]:
    """Change when and where a day is, and how long a pitch takes."""
    day = day_or_404(request, pitch_day_id)
    permissions.check("pitching.make", request.user, day)
    services.change_day(day, actor=request.user, **checked(ChangeDayForm(sent.dict())).cleaned_data)
    return whole_day(request, day_or_404(request, pitch_day_id))


@router.post("/pitch-days/{pitch_day_id}/teams", response=WholePitchDayOut, auth=_WRITES)
def take_in_teams(request: HttpRequest, pitch_day_id: UUID) -> dict[str, Any]:
    """Take in new teams of the cohort, and give the panel the proposals as they are now."""
    day = day_or_404(request, pitch_day_id)
    services.take_in_teams(day, actor=request.user)
    return whole_day(request, day)


@router.put("/pitch-days/{pitch_day_id}/order", response=WholePitchDayOut, auth=_WRITES)
def put_order(request: HttpRequest, pitch_day_id: UUID, sent: OrderIn) -> dict[str, Any]:
    """Set the order of the day; whoever follows it sees it."""
    day = day_or_404(request, pitch_day_id)
    services.put_in_order(day, slot_ids=sent.slots, actor=request.user)
    return whole_day(request, day)


def _municipality_or_404(request: HttpRequest, slug: str) -> Municipality:
    try:
        municipality = municipality_by_slug(slug)
    except Municipality.DoesNotExist as error:
        raise Http404 from error
    if not permissions.is_allowed("pitching.view", request.user, municipality):
        raise Http404
    return municipality
