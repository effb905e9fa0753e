"""How a view finds its panel and its entry, who may use the view, and the frame that every page of a panel has."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from grobunn.juries.models import Entry, Panel
from grobunn.juries.queries.members import member_of
from grobunn.juries.tabs import tabs_of
from grobunn.kernel import permissions
from grobunn.organisations.requests import TenantRequest
from grobunn.organisations.views.fetching import given


def panel_or_404(request: TenantRequest, reference: str) -> Panel:
    """The panel of a reference in the municipality of the address, if the reader sees it. Raises: Http404."""
    here = request.municipality
    panel = Panel.objects.filter(municipality=here, reference=reference).first()
    if panel is None:
        raise Http404
    panel.municipality = here
    if not permissions.is_allowed("juries.see", request.user, panel):
        raise Http404
    return panel


def entry_or_404(panel: Panel, entry_id: Any) -> Entry:
    """An entry of the panel that is judged. Whether the reader may open it is asked apart. Raises: Http404."""
    entry = Entry.objects.judged().filter(panel=panel, pk=entry_id).first()
    if entry is None:
        raise Http404
    entry.panel = panel
    return entry


def _entry_of_address(request: TenantRequest, reference: str, entry_id: Any) -> Entry:
    return entry_or_404(panel_or_404(request, reference), entry_id)


# Who does not see the panel does not find its pages.
of_panel = given(panel_or_404, "reference")
# Who may not open the entry is refused, in words that say nothing of it.
of_entry = given(_entry_of_address, "reference", "entry_id")


def page(
    request: TenantRequest, panel: Panel, template: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """A page of a panel, for a template that extends `juries/panel_base.html`."""
    frame = {
        "panel": panel,
        "municipality": panel.municipality,
        "tabs": tabs_of(panel, request.user, path=request.path),
        "own_place": member_of(panel, request.user),
    }
    return render(request, template, {**frame, **context}, status=status)
