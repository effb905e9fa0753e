"""An entry, for whoever may open it."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from grobunn.discussion.panel import panel_of
from grobunn.juries.discussed import KIND
from grobunn.juries.models import Entry
from grobunn.juries.occasions import occasion_of
from grobunn.juries.queries.parties import parties_of
from grobunn.juries.tabs import ENTRY
from grobunn.juries.views.fetch import of_entry, page
from grobunn.kernel import permissions
from grobunn.organisations.requests import TenantRequest


@require_GET
@of_entry("juries.open")
def show_entry(request: TenantRequest, entry: Entry) -> HttpResponse:
    """What it is, who is behind it, what other files show beside it, and what is said of it."""
    context = {
        "entry": entry,
        "parties": parties_of(entry),
        "source_page": occasion_of(entry.panel).entry_page(entry),
        "asides": ENTRY.parts_of(request, entry, request.user),
        "may_change": permissions.is_allowed("juries.handle", request.user, entry),
        "discussion": panel_of(KIND, entry, actor=request.user),
    }
    return page(request, entry.panel, "juries/entry.html", context)
