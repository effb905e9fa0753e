"""The page of a panel: where it is, what comes next, who is on it, what is judged."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from grobunn.juries.models import Panel
from grobunn.juries.occasions import occasion_of
from grobunn.juries.queries.next import what_is_next
from grobunn.juries.queries.overview import entries_seen, members_seen
from grobunn.juries.states import MACHINE
from grobunn.juries.tabs import PANEL
from grobunn.juries.views.fetch import of_panel, page
from grobunn.kernel import permissions
from grobunn.organisations.requests import TenantRequest


@require_GET
@of_panel("juries.see")
def show_panel(request: TenantRequest, panel: Panel) -> HttpResponse:
    """A panel as one reader sees it."""
    may_run = permissions.is_allowed("juries.run", request.user, panel)
    context = {
        "occasion": occasion_of(panel),
        "next": what_is_next(panel, request.user),
        "steps": MACHINE.available(panel, request.user),
        "members": members_seen(panel),
        "entries": entries_seen(panel, request.user),
        "asides": PANEL.parts_of(request, panel, request.user),
        "may_run": may_run,
    }
    return page(request, panel, "juries/panel.html", context)
