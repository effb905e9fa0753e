"""From idea to operation, and the rows behind each of its numbers."""

from datetime import datetime, timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from grobunn.kernel import clock
from grobunn.organisations.access import asks_here
from grobunn.organisations.requests import TenantRequest
from grobunn.portfolio import addresses
from grobunn.portfolio.ages import Age
from grobunn.portfolio.asked import FilterForm
from grobunn.portfolio.columns import WORK
from grobunn.portfolio.funnel_charts import ages_chart, steps_chart, times_of
from grobunn.portfolio.queries.funnel import (
    OF_INITIATIVES,
    End,
    Step,
    begun_in,
    funnel,
    ideas_in,
    learned_in,
    rows_of_ideas,
    rows_of_initiatives,
)
from grobunn.portfolio.queries.narrowed import narrowed
from grobunn.portfolio.views.fetch import filter_of, frame
from grobunn.ui.charts import picture_asked, with_picture

_MOST_ROWS = 200
_PERIODS = {"12": _("The last 12 months"), "24": _("The last 24 months"), "alt": _("From the beginning")}


@require_GET
@asks_here("initiatives.see_portfolio")
def show_funnel(request: TenantRequest) -> HttpResponse:
    """How many come how far, how long each stage takes, where things end, and how old what stands is."""
    form = filter_of(request)
    here = request.municipality
    period, since = _period(request)
    ideas, begun = _both(request, form, since)
    found = funnel(ideas, begun)

    def rows_url(step: str) -> str:
        return addresses.page("funnel_rows", here, form.address(periode=period), step=step)

    def list_url(stage: str, age: Age) -> str:
        return addresses.page("list", here, form.address(trinn=stage, alder=age.value))

    steps, ages = steps_chart(found, url=rows_url), ages_chart(found, url=list_url)
    picture = picture_asked(request, steps, ages)
    if picture is not None:
        return picture
    context = {
        **frame(request, form, here="funnel"),
        "found": found,
        "steps": with_picture(steps, request),
        "ages": with_picture(ages, request),
        "times": times_of(found),
        "ends": [(end.label, found.ends[end], rows_url(end.value)) for end in End],
        "learned": [
            (column.label, found.learned[column.value], rows_url(f"lart-{column.value}"))
            for column in WORK
            if column.value in found.learned
        ],
        "periods": [(code, label, code == period, form.address(periode=code)) for code, label in _PERIODS.items()],
    }
    return render(request, "portfolio/funnel.html", context)


@require_GET
@asks_here("initiatives.see_portfolio")
def show_rows(request: TenantRequest, step: str) -> HttpResponse:
    """The ideas or the initiatives that a number counted."""
    form = filter_of(request)
    period, since = _period(request)
    ideas, begun = _both(request, form, since)
    context: dict[str, Any] = {
        "municipality": request.municipality,
        "most": _MOST_ROWS,
        "period": _PERIODS[period],
        "back": addresses.page("funnel", request.municipality, form.address(periode=period)),
    }
    if step.startswith("lart-"):
        stage = step.removeprefix("lart-")
        found = rows_of_initiatives(learned_in(begun, stage), Step.BEGUN, most=_MOST_ROWS)
        context |= {"title": _("Finished, with what we learned"), "initiatives": found}
    elif step in OF_INITIATIVES:
        context |= {"title": Step(step).label, "initiatives": rows_of_initiatives(begun, step, most=_MOST_ROWS)}
    elif step in Step.values or step in End.values:
        title = Step(step).label if step in Step.values else End(step).label
        context |= {"title": title, "ideas": rows_of_ideas(ideas, step, most=_MOST_ROWS)}
    else:
        raise Http404
    return render(request, "portfolio/funnel_rows.html", context)


def _both(request: TenantRequest, form: FilterForm, since: datetime | None) -> tuple[Any, Any]:
    here = request.municipality.pk
    asked = form.asked
    rows = narrowed(request.user, municipality_id=here, asked=asked)
    return ideas_in(request.user, municipality_id=here, asked=asked, since=since), begun_in(rows, since=since)


def _period(request: TenantRequest) -> tuple[str, datetime | None]:
    """The period that is asked for: its code, and when it begins."""
    code = request.GET.get("periode", "")
    code = code if code in _PERIODS else "12"
    return code, None if code == "alt" else clock.now() - timedelta(days=round(int(code) * 30.44))
