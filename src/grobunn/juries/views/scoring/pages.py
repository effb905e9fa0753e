"""One's own entries and how far one has come; one entry with its criteria; and the others, for the device to keep."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from grobunn.juries.addresses import page_of
from grobunn.juries.forms.scoring import ScoreSheet, sheets_of_lines, taps_of_form
from grobunn.juries.models import Member, Panel
from grobunn.juries.queries.lines import lines_to_score
from grobunn.juries.queries.members import member_of
from grobunn.juries.queries.progress import progress_of_members
from grobunn.juries.services.scoring import is_open_for_scores, record_taps
from grobunn.juries.views.fetch import of_panel, page
from grobunn.kernel import permissions
from grobunn.organisations.requests import TenantRequest
from grobunn.ui import toasts

# As many as a device fetches at a time, and as the page of all shows.
BATCH = 20


@require_GET
@of_panel("juries.see")
def show_own(request: TenantRequest, panel: Panel) -> HttpResponse:
    """What is mine to score, and how far everybody has come for whoever leads the panel or keeps its papers."""
    member = member_of(panel, request.user)
    lines = lines_to_score(member) if member else []
    context = {
        "lines": lines,
        "done": sum(line.is_done for line in lines),
        "is_open": is_open_for_scores(panel),
        "first": next((line for line in lines if not line.is_done), lines[0] if lines else None),
        "members": progress_of_members(panel, member)
        if permissions.is_allowed("juries.run", request.user, panel)
        else [],
        "may_share_out": permissions.is_allowed("juries.run", request.user, panel),
    }
    return page(request, panel, "juries/scoring.html", context)


@require_http_methods(["GET", "POST"])
@of_panel("juries.see")
def score_entry(request: TenantRequest, panel: Panel, entry_id: UUID) -> HttpResponse:
    """One entry with its criteria. Posted without JavaScript, what was changed is kept as taps made now."""
    member = _scorer_or_404(request, panel)
    lines = lines_to_score(member)
    place = next((number for number, line in enumerate(lines) if line.id == entry_id), None)
    if place is None:
        raise Http404
    sheet = sheets_of_lines(member, [lines[place]])[0]
    after = lines[place + 1].id if place + 1 < len(lines) else None
    if request.method == "POST":
        return _keep(request, panel, member, sheet, after)
    context = {
        "sheet": sheet,
        "order": " ".join(str(line.id) for line in lines),
        "of": len(lines),
        "done": sum(line.is_done for line in lines),
        "before": lines[place - 1].id if place else None,
        "after": after,
        "is_open": is_open_for_scores(panel),
    }
    return page(request, panel, "juries/score.html", context)


@require_GET
@of_panel("juries.see")
def show_more(request: TenantRequest, panel: Panel) -> HttpResponse:
    """A part of what is mine to score, from a number on: what the device keeps, so that going on needs no network."""
    member = _scorer_or_404(request, panel)
    start = request.GET.get("fra", "0")
    first = int(start) if start.isascii() and start.isdigit() and len(start) < 6 else 0
    wanted = lines_to_score(member)[first : first + BATCH]
    context = {"sheets": sheets_of_lines(member, wanted), "panel": panel,
               "municipality": panel.municipality, "is_open": is_open_for_scores(panel)}  # fmt: skip
    return render(request, "juries/_score_sheets.html", context)


def _keep(request: TenantRequest, panel: Panel, member: Member, sheet: ScoreSheet, after: UUID | None) -> HttpResponse:
    recorded = record_taps(member, taps_of_form(request.POST, sheet))
    here = page_of(panel, "score", entry_id=sheet.entry.pk)
    if recorded.refused:
        toasts.warning(request, _("Something could not be kept. Look at what stands here, and try again."))
        return redirect(here)
    if recorded.void:
        toasts.warning(request, _("It is kept, but does not count: scores are not taken now."))
        return redirect(here)
    toasts.success(request, _("Your scores are kept."))
    return redirect(page_of(panel, "score", entry_id=after) if after else page_of(panel, "scoring"))


def _scorer_or_404(request: TenantRequest, panel: Panel) -> Member:
    member = member_of(panel, request.user)
    if member is None or not member.scores:
        raise Http404
    return member
