"""What came out: the list with both orders, and everything of one entry."""

from collections.abc import Iterable
from typing import Any

import numpy as np
from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from grobunn.juries.addresses import page_of
from grobunn.juries.models import Entry, Panel
from grobunn.juries.queries.confirmed import confirmed_ranking
from grobunn.juries.queries.members import member_of
from grobunn.juries.queries.overview import members_in_order
from grobunn.juries.queries.pairwise import order_of_comparisons
from grobunn.juries.queries.results import Results, results_of
from grobunn.juries.queries.scores import visible_notes
from grobunn.juries.shown import sentences
from grobunn.juries.shown.lines import HEADS, PAGE_SIZE, chart_of, file_rows, lines
from grobunn.juries.shown.numbers import NOTHING, figure, span, whole
from grobunn.juries.states import RELEASED, PanelState, Ranking
from grobunn.juries.views.fetch import of_entry, of_panel, page
from grobunn.kernel import audit, clock, permissions
from grobunn.kernel.sheets import CSV_TYPE, XLSX_TYPE, csv_pieces, xlsx_file
from grobunn.organisations.requests import TenantRequest


@require_GET
@of_panel("juries.see")
def show_results(request: TenantRequest, panel: Panel) -> HttpResponseBase:
    """Both orders beside each other, and how sure they are; also as a file."""
    if panel.state not in RELEASED:
        return page(request, panel, "juries/results_waiting.html", {})
    if panel.is_pairwise:
        return _compared(request, panel)
    results = results_of(panel, member_of(panel, request.user))
    ranking = _ranking(request, panel)
    if "format" in request.GET:
        return _file(request, panel, results, ranking=ranking)
    number = _number(request, most=max(1, -(-len(results.entries) // PAGE_SIZE)))
    shown = lines(results, ranking=ranking, begin=(number - 1) * PAGE_SIZE, size=PAGE_SIZE)
    urls = {line.entry_id: page_of(panel, "entry_results", entry_id=line.entry_id) for line in shown}
    context = {
        "results": results,
        "ranking": ranking,
        "orders": _orders(panel, ranking),
        "chart": chart_of(panel, results, shown, urls, ranking=ranking),
        "first": sentences.who_is_first(results),
        "sure": sentences.how_sure(results, ranking=ranking),
        "turns": sentences.what_changes_the_winner(results, ranking=ranking),
        "groups": sentences.why_not_corrected(results),
        "left_out": sentences.what_does_not_count(results),
        "number": number,
        "count": max(1, -(-len(results.entries) // PAGE_SIZE)),
        **_about_the_panel(request, panel, results),
    }
    return page(request, panel, "juries/results.html", context)


@require_GET
@of_entry("juries.open")
def show_entry_results(request: TenantRequest, entry: Entry) -> HttpResponse:
    """What everybody gave one entry, and what they wrote."""
    panel = entry.panel
    reader = member_of(panel, request.user)
    results = results_of(panel, reader) if panel.state in RELEASED else None
    row = results.rows.get(entry.pk) if results is not None else None
    if results is None or row is None:
        return redirect(page_of(panel, "results"))
    low, high = results.found.intervals()
    members = {member.pk: member for member in members_in_order(panel)}
    columns = [place for place in range(len(results.juror_ids)) if not np.isnan(results.scores[row, place]).all()]
    names = [sentences.juror_name(members.get(results.juror_ids[place])) for place in columns]

    def by_name(values: Iterable[str]) -> list[tuple[str, str]]:
        return list(zip(names, values, strict=True))

    context = {
        "entry": entry,
        "jurors": names,
        "criteria": [
            (
                criterion,
                by_name(whole(results.scores[row, place, number]) for place in columns),
                figure(results.raw.by_criterion[row, number]),
            )
            for number, criterion in enumerate(results.criteria)
        ],
        "totals": by_name(figure(results.given[row, place]) for place in columns),
        "mean": figure(results.raw.results[row]),
        "adjusted": figure(results.adjusted.results[row]),
        "interval": span(low[row], high[row]),
        "spread": figure(results.spread[row]),
        "raw_place": whole(results.raw.places[row]),
        "adjusted_place": whole(results.adjusted.places[row]),
        "nothing": NOTHING,
        "notes": visible_notes(panel, reader, entries=[entry.pk]),
    }
    return page(request, panel, "juries/entry_results.html", context)


def _compared(request: TenantRequest, panel: Panel) -> HttpResponse:
    """The order of a panel that compares two at a time."""
    reader = member_of(panel, request.user)
    context = {
        "rows": order_of_comparisons(panel, reader),
        "confirmed": confirmed_ranking(panel, reader),
        "may_confirm": _may_confirm(request, panel),
    }
    return page(request, panel, "juries/results_pairwise.html", context)


def _may_confirm(request: TenantRequest, panel: Panel) -> bool:
    return panel.state == PanelState.DISCUSSING and permissions.is_allowed("juries.chair", request.user, panel)


def _about_the_panel(request: TenantRequest, panel: Panel, results: Results) -> dict[str, Any]:
    """What is shown to the panel only, and what the chair does."""
    reader = member_of(panel, request.user)
    members = {member.pk: member for member in members_in_order(panel)}
    return {
        "effects": sentences.effects(results, members) if reader is not None else [],
        "confirmed": confirmed_ranking(panel, reader),
        "may_confirm": _may_confirm(request, panel),
    }


def _file(request: TenantRequest, panel: Panel, results: Results, *, ranking: str) -> HttpResponseBase:
    """The whole list as a file."""
    name = f"{panel.reference}-{_('results')}-{clock.today().isoformat()}"
    heads = [str(head) for head in HEADS]
    rows = file_rows(results, ranking=ranking)
    wanted = request.GET["format"]
    if wanted not in ("csv", "xlsx"):
        raise Http404
    audit.record(
        "juries.export", actor=request.user, subject=panel, municipality_id=panel.municipality_id, data={"as": wanted}
    )
    if wanted == "csv":
        headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
        return StreamingHttpResponse(csv_pieces(heads, rows), content_type=CSV_TYPE, headers=headers)
    file = xlsx_file(heads, rows, title=_("Results"))
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX_TYPE)


def _ranking(request: TenantRequest, panel: Panel) -> str:
    """The order of the page: as the address says, else the confirmed one, else the mean."""
    asked = request.GET.get("orden", "") or panel.ranking
    return Ranking.ADJUSTED if asked == Ranking.ADJUSTED else Ranking.RAW


def _orders(panel: Panel, ranking: str) -> list[tuple[str, str, bool]]:
    return [(str(each.label), each.value, each == ranking) for each in (Ranking.RAW, Ranking.ADJUSTED)]


def _number(request: TenantRequest, *, most: int) -> int:
    try:
        return min(max(1, int(request.GET.get("side", "1"))), most)
    except ValueError:
        return 1
