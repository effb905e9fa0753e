"""The list: the rows behind every number, and the same as a file."""

from typing import Any

from django.http import FileResponse, Http404, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from grobunn.kernel import audit, clock, permissions
from grobunn.kernel.paging import BadCursor
from grobunn.kernel.sheets import CSV_TYPE, XLSX_TYPE, csv_pieces, xlsx_file
from grobunn.organisations.access import asks_here
from grobunn.organisations.requests import TenantRequest
from grobunn.portfolio.ages import days_since, in_words
from grobunn.portfolio.asked import FilterForm
from grobunn.portfolio.columns import Column
from grobunn.portfolio.queries.board import column_counts, quarters_held
from grobunn.portfolio.queries.listing import HEADS, NEWEST, ORDERS, export_rows, list_page
from grobunn.portfolio.queries.narrowed import narrowed
from grobunn.portfolio.shown import span_words
from grobunn.portfolio.views.fetch import filter_of, frame

_ORDER_LABELS = {
    NEWEST: gettext_lazy("Newest first"),
    "eldst": gettext_lazy("Longest in its stage first"),
    "signal": gettext_lazy("What is stuck first"),
    "tittel": gettext_lazy("By title"),
    "enhet": gettext_lazy("By unit"),
}


@require_GET
@asks_here("initiatives.see_portfolio")
def show_list(request: TenantRequest) -> HttpResponseBase:
    """A page of the list, sorted as asked."""
    form = filter_of(request)
    if request.GET.get("format") in ("xlsx", "csv"):
        return _file(request, form)
    order = request.GET.get("sorter", NEWEST)
    order = order if order in ORDERS else NEWEST
    rows = narrowed(request.user, municipality_id=request.municipality.pk, asked=form.asked)
    try:
        page = list_page(rows, order=order, cursor=request.GET.get("side"))
    except BadCursor as error:
        raise Http404 from error
    context = {
        **frame(request, form, here="list"),
        "page": page,
        "rows": _rows(page.rows),
        "total": sum(sum(counts.values()) for counts in column_counts(rows).values()),
        "orders": [(code, label, code == order) for code, label in _ORDER_LABELS.items()],
        "order_query": form.address(sorter="" if order == NEWEST else order),
        "may_export": permissions.is_allowed("initiatives.export", request.user, request.municipality),
        "may_import": permissions.is_allowed("initiatives.import", request.user, request.municipality),
    }
    return render(request, "portfolio/list.html", context)


def _rows(initiatives: list[Any]) -> list[dict[str, object]]:
    spans = quarters_held([each.pk for each in initiatives])
    return [
        {
            "initiative": each,
            "column": Column(each.column).label,
            "age": "" if each.is_finished else in_words(days_since(each.stage_since)),
            "quarters": span_words(spans.get(each.pk)),
        }
        for each in initiatives
    ]


def _file(request: TenantRequest, form: FilterForm) -> HttpResponseBase:
    """The whole list as asked, for whoever may; who took it out is kept."""
    here = request.municipality
    permissions.check("initiatives.export", request.user, here)
    audit.record("initiatives.export", actor=request.user, subject=here, municipality_id=here.pk, data=form.known)
    rows = export_rows(narrowed(request.user, municipality_id=here.pk, asked=form.asked))
    heads = [str(head) for head in HEADS]
    name = f"{here.slug}-portefolje-{clock.today().isoformat()}"
    if request.GET["format"] == "xlsx":
        sheet = xlsx_file(heads, rows, title=_("Portfolio"))
        return FileResponse(sheet, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX_TYPE)
    response = StreamingHttpResponse(csv_pieces(heads, rows), content_type=CSV_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
