"""The overview: how loaded each unit and each source is, quarter by quarter; on a page and as a file."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import FileResponse, Http404, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from grobunn.capacity.forms.listing import OverviewForm
from grobunn.capacity.kinds import Kind, Measure, measure_of
from grobunn.capacity.models import Source
from grobunn.capacity.quarters import quarters_from
from grobunn.capacity.queries.loads import Load, Loads, loads_of
from grobunn.capacity.queries.overview import Filling, largest_claims, sources_shown
from grobunn.capacity.queries.rollup import hours_by_unit
from grobunn.capacity.views.pages import page
from grobunn.kernel import clock, permissions
from grobunn.kernel.sheets import CSV_TYPE, XLSX_TYPE, csv_pieces, xlsx_file
from grobunn.organisations.access import asks_here
from grobunn.organisations.queries import unit_tree
from grobunn.organisations.requests import TenantRequest

SHOWN_QUARTERS = 4
# More rows nobody reads in one go. What is over stands on top, whatever its unit; for the rest, choose a unit.
MOST_SOURCES = 30


@dataclass(frozen=True)
class Row:
    """A source as the overview shows it. Takes: filling, what holds most of it in the first quarter."""

    source: Source
    loads: list[Load]
    filling: Filling
    is_lent: bool


@require_GET
@asks_here("capacity.view")
def show_overview(request: TenantRequest) -> HttpResponseBase:
    """Every unit and every source, or those of one unit and below it; or the same as a file."""
    here = request.municipality
    branches = unit_tree(here.pk, with_closed=True)
    open_ones = [branch for branch in branches if branch.unit.closed_on is None]
    form = OverviewForm(request.GET, municipality=here, branches=open_ones)
    sources = sources_shown(here, unit=form.unit)
    loads = loads_of(sources, quarters=list(quarters_from(form.first, SHOWN_QUARTERS)))
    if "format" in request.GET:
        return _file(request, loads)
    return page(
        request,
        "capacity/overview.html",
        form=form,
        quarters=loads.quarters,
        hours=hours_by_unit(loads, branches),
        over=[load for source in loads.sources for load in loads.row(source) if load.is_over],
        rows=_rows(request, loads),
        hidden=max(0, len(sources) - MOST_SOURCES),
        query=urlencode(form.known()),
        may_declare=permissions.is_allowed("capacity.declare", request.user, here),
    )


def _rows(request: TenantRequest, loads: Loads) -> list[Row]:
    here = request.municipality
    shown = loads.sources[:MOST_SOURCES]
    filling = largest_claims(shown, loads.quarters[0], municipality=here, actor=request.user)
    return [
        Row(
            source=source,
            loads=loads.row(source),
            filling=filling.get(source.pk, Filling()),
            is_lent=source.municipality_id != here.pk,
        )
        for source in shown
    ]


def _file(request: TenantRequest, loads: Loads) -> HttpResponseBase:
    name = f"{request.municipality.slug}-{_('capacity')}-{clock.today().isoformat()}"
    heads = [
        *(_("Unit"), _("Source"), _("Kind of help"), _("Counted in"), _("Municipality"), _("Quarter")),
        *(_("Declared"), _("Reserved"), _("Left"), _("Over"), _("Used")),
    ]
    if request.GET["format"] == "csv":
        headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
        return StreamingHttpResponse(csv_pieces(heads, _lines(loads)), content_type=CSV_TYPE, headers=headers)
    if request.GET["format"] == "xlsx":
        file = xlsx_file(heads, _lines(loads), title=_("Capacity"))
        return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX_TYPE)
    raise Http404


def _lines(loads: Loads) -> Iterator[list[Any]]:
    for source in loads.sources:
        kind, measure = str(Kind(source.kind).label), str(Measure(measure_of(source.kind)).label)
        for load in loads.row(source):
            yield [
                *(source.unit.name, source.name, kind, measure, source.municipality.name, load.quarter.code),
                *(load.declared, load.reserved, load.left, load.over, load.used),
            ]
