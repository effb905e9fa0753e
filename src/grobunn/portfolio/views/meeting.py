"""One page for the leaders' meeting, to read and to print."""

from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from grobunn.kernel import clock
from grobunn.organisations.access import asks_here
from grobunn.organisations.requests import TenantRequest
from grobunn.portfolio import addresses
from grobunn.portfolio.columns import WORK, Column
from grobunn.portfolio.paper import meeting_pdf, over_words
from grobunn.portfolio.queries.meeting import meeting
from grobunn.portfolio.queries.narrowed import narrowed
from grobunn.portfolio.views.fetch import filter_of, frame

_DAYS_BETWEEN = 30


@require_GET
@asks_here("initiatives.see_portfolio")
def show_meeting(request: TenantRequest) -> HttpResponse:
    """What is under way, stuck, over capacity, waiting for a decision, and ended since last time; also as a PDF."""
    form = filter_of(request)
    here = request.municipality
    since = _since(request)
    rows = narrowed(request.user, municipality_id=here.pk, asked=form.asked)
    found = meeting(rows, municipality_id=here.pk, since=since)
    if request.GET.get("format") == "pdf":
        address = request.build_absolute_uri(addresses.page("meeting", here, form.address(siden=since.isoformat())))
        written = meeting_pdf(found, municipality=here, since=since, address=address)
        response = HttpResponse(written, content_type="application/pdf")
        response["Content-Disposition"] = f'attachment; filename="{here.slug}-portefolje-{clock.today()}.pdf"'
        return response

    def listed(**asked: str) -> str:
        return addresses.page("list", here, form.address(**asked))

    context = {
        **frame(request, form, here="meeting"),
        "found": found,
        "since": since,
        "figures": [
            (sum(found.count_of(column) for column in WORK), _("under way"), addresses.page("board", here, form.query)),
            (found.count_of(Column.PAUSED), _("on hold"), listed(trinn="paused")),
            (found.stuck_count, _("stuck"), "#stuck"),
            (found.waiting_count, _("wait for a decision"), "#waiting"),
            (found.ended_count, _("ended since last time"), "#ended"),
        ],
        "over": [over_words(each) for each in found.over],
        "ended": found.ended,
        "pdf_query": form.address(siden=since.isoformat(), format="pdf"),
        "stuck_url": listed(signal="stuck"),
        "load_url": addresses.page("load", here, f"kvartal={found.quarter.code}"),
    }
    return render(request, "portfolio/meeting.html", context)


def _since(request: TenantRequest) -> date:
    """The day of the last meeting, as the address has it; else a month ago."""
    try:
        return date.fromisoformat(request.GET.get("siden", ""))
    except ValueError:
        return clock.today() - timedelta(days=_DAYS_BETWEEN)
