"""Reading panels over the API."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django_scopes import scope
from ninja import Query

from grobunn.juries.api.router import router
from grobunn.juries.api.schemas import PanelOut, WholePanelOut
from grobunn.juries.api.shown import panel_or_404, shown, whole
from grobunn.juries.queries.listing import ORDER
from grobunn.juries.queries.members import panels_for
from grobunn.kernel.api.access import needs_scope
from grobunn.kernel.api.pages import Listed, ListedRows, Paging, listed
from grobunn.organisations.models import Municipality
from grobunn.organisations.queries import municipality_by_slug

_READS = needs_scope("juries:read")


@router.get("/municipalities/{slug}/panels", response=Listed[PanelOut], auth=_READS)
def list_panels(request: HttpRequest, response: HttpResponse, slug: str, paging: Query[Paging]) -> ListedRows[Any]:
    """Panels of a municipality that the caller is on or runs, newest first."""
    try:
        municipality = municipality_by_slug(slug)
    except Municipality.DoesNotExist as error:
        raise Http404 from error
    with scope(municipality=municipality.pk):
        rows = panels_for(request.user, municipality).select_related("municipality")
        page = listed(request, response, rows, order=ORDER, asked=paging)
    return ListedRows(items=[shown(request, each) for each in page.items], next=page.next)


@router.get("/panels/{panel_id}", response=WholePanelOut, auth=_READS)
def show_panel(request: HttpRequest, panel_id: str) -> dict[str, Any]:
    """A panel by id or reference. Of entries that the caller may not open, only what the page shows them."""
    return whole(request, panel_or_404(request, panel_id))
