"""The timeline by quarter, and trying out another quarter for one initiative."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from grobunn.capacity.errors import CapacityExceeded
from grobunn.capacity.quarters import Quarter
from grobunn.initiatives.addresses import initiative_page
from grobunn.initiatives.services.planning import replan
from grobunn.kernel import permissions
from grobunn.kernel.paging import BadCursor
from grobunn.kernel.statemachine import TransitionRefused
from grobunn.organisations.access import asks_here
from grobunn.organisations.requests import TenantRequest
from grobunn.portfolio import addresses
from grobunn.portfolio.queries.narrowed import narrowed
from grobunn.portfolio.queries.timeline import SHOWN_QUARTERS, timeline
from grobunn.portfolio.queries.trial import Trial, trial_of
from grobunn.portfolio.shown_timeline import rows_of
from grobunn.portfolio.views.fetch import filter_of, frame, initiative_or_404
from grobunn.ui import toasts


@require_GET
@asks_here("initiatives.see_portfolio")
def show_timeline(request: TenantRequest) -> HttpResponse:
    """A row for each initiative, with the quarters in which it holds capacity."""
    form = filter_of(request)
    here = request.municipality
    first = quarter_asked(request, "fra") or Quarter.now() + -1
    rows = narrowed(request.user, municipality_id=here.pk, asked=form.asked)
    try:
        found = timeline(rows, first=first, cursor=request.GET.get("side"))
    except BadCursor as error:
        raise Http404 from error
    context = {
        **frame(request, form, here="timeline"),
        "timeline": found,
        "now": Quarter.now(),
        "rows": rows_of(found, municipality=here, back=form.address(fra=first.code)),
        "earlier": addresses.page("timeline", here, form.address(fra=(first + -SHOWN_QUARTERS // 2).code)),
        "later": addresses.page("timeline", here, form.address(fra=(first + SHOWN_QUARTERS // 2).code)),
        "page_query": form.address(fra=first.code),
    }
    return render(request, "portfolio/timeline.html", context)


@require_http_methods(["GET", "POST"])
@asks_here("initiatives.see_portfolio")
def try_quarter(request: TenantRequest, reference: str) -> HttpResponse:
    """What it would do to the load if it began in another quarter; sent, it is planned anew."""
    initiative = initiative_or_404(request, reference)
    trial = trial_of(initiative, to=quarter_asked(request, "til"))
    refusal = ""
    if request.method == "POST" and trial is not None:
        permissions.check("initiatives.plan", request.user, initiative)
        try:
            version = int(request.POST.get("version", "")) if request.POST.get("version", "").isdigit() else None
            replan(initiative, lines=trial.lines, actor=request.user, reason=_reason(request), version=version)
        except (CapacityExceeded, TransitionRefused) as refused:
            refusal = str(refused)
        else:
            toasts.success(
                request, _("“%(title)s” begins in %(quarter)s now.") % {"title": initiative.title, "quarter": trial.to}
            )
            return redirect(_back(request) + f"#{initiative.reference}")
    context = {
        "initiative": initiative,
        "municipality": request.municipality,
        "trial": trial,
        "refusal": refusal,
        "back": _back(request),
        "page_url": initiative_page(initiative),
        "may_plan": permissions.is_allowed("initiatives.plan", request.user, initiative),
        **_ways(request, trial),
    }
    return render(request, "portfolio/trial.html", context, status=422 if refusal else 200)


def quarter_asked(request: TenantRequest, name: str) -> Quarter | None:
    """A quarter that the address names; what is no quarter is passed over."""
    try:
        return Quarter.read(request.GET.get(name, ""))
    except ValueError:
        return None


def _reason(request: TenantRequest) -> str:
    return request.POST.get("reason", "").strip()[:1000]


def _ways(request: TenantRequest, trial: Trial | None) -> dict[str, Any]:
    """Addresses of the quarter before and after, and the choice of all of the next two years."""
    if trial is None:
        return {}
    query = request.GET.copy()
    query.pop("til", None)
    rest = f"&{query.urlencode()}" if query else ""
    today = Quarter.now()
    return {
        "earlier": f"?til={(trial.to + -1).code}{rest}" if trial.to > today else "",
        "later": f"?til={(trial.to + 1).code}{rest}",
        "to_free": f"?til={trial.free_from.code}{rest}" if trial.free_from else "",
        "choices": [today + step for step in range(SHOWN_QUARTERS + 1)],
        "kept": list(query.items()),
    }


def _back(request: TenantRequest) -> str:
    query = request.GET.copy()
    query.pop("til", None)
    return addresses.page("timeline", request.municipality, query.urlencode())
