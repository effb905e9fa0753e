"""How a view finds its panel and its entry, who may use the view, and the frame that every page of a panel has."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from grobunn.juries.models import Entry, Panel
from grobunn.juries.queries.members import member_of
from grobunn.juries.tabs import tabs_of
from grobunn.kernel import permissions
from grobunn.kernel.permissions import requires
from grobunn.organisations.requests import TenantRequest

Page = Callable[..., HttpResponseBase]


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


def of_panel(permission: str) -> Callable[[Page], Page]:
    """Give a view its panel in place of the address's names, and ask for a permission on it (decorator).

    Who does not see the panel does not find the page; who sees it without the right is refused.
    """

    def decorate(view: Page) -> Page:
        @requires(permission)
        @wraps(view)
        def found(request: TenantRequest, municipality: str, reference: str, **rest: object) -> HttpResponseBase:
            panel = panel_or_404(request, reference)
            permissions.check(permission, request.user, panel)
            return view(request, panel, **rest)

        return found

    return decorate


def of_entry(permission: str) -> Callable[[Page], Page]:
    """Give a view an entry of a panel in place of the address's names, and ask for a permission on the entry.

    Who may not open the entry is refused, in words that say nothing of it.
    """

    def decorate(view: Page) -> Page:
        @requires(permission)
        @wraps(view)
        def found(
            request: TenantRequest, municipality: str, reference: str, entry_id: object, **rest: object
        ) -> HttpResponseBase:
            entry = entry_or_404(panel_or_404(request, reference), entry_id)
            permissions.check(permission, request.user, entry)
            return view(request, entry, **rest)

        return found

    return decorate


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
