"""The log of decisions of a municipality, on a page and as a file."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import FileResponse, Http404, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from grobunn.initiatives.forms.decisions import DecisionsForm
from grobunn.initiatives.queries.decisions import Decision, decided, decisions_page, told, told_in_chunks
from grobunn.kernel import audit, clock, permissions
from grobunn.kernel.models import StateChange
from grobunn.kernel.paging import BadCursor
from grobunn.kernel.sheets import CSV_TYPE, XLSX_TYPE, csv_pieces, xlsx_file
from grobunn.organisations.access import asks_here
from grobunn.organisations.requests import TenantRequest


@require_GET
@asks_here("initiatives.see_portfolio")
def show_decisions(request: TenantRequest) -> HttpResponseBase:
    """Every decision about what the reader may see, the latest first; or the same as a file."""
    here = request.municipality
    form = DecisionsForm(request.GET, municipality_id=here.pk)
    asked = form.known()
    changes = decided(
        request.user,
        municipality_id=here.pk,
        unit_id=UUID(asked["enhet"]) if "enhet" in asked else None,
        year=int(asked["ar"]) if "ar" in asked else None,
    )
    if "format" in request.GET:
        return _file(request, changes, asked)
    try:
        page = decisions_page(changes, cursor=request.GET.get("side"))
    except BadCursor as error:
        raise Http404 from error
    context = {
        "form": form,
        "page": page,
        "decisions": told(page.rows),
        "query": urlencode(asked),
        "may_export": permissions.is_allowed("initiatives.export", request.user, here),
    }
    return render(request, "initiatives/decisions.html", context)


def _file(request: TenantRequest, changes: QuerySet[StateChange], asked: dict[str, str]) -> HttpResponseBase:
    here = request.municipality
    permissions.check("initiatives.export", request.user, here)
    name = f"{here.slug}-{clock.today().isoformat()}"
    heads = [_("When"), _("Reference"), _("Initiative"), _("Unit"), _("What is decided"), _("By"), _("Reason")]
    rows = (_cells(each) for each in told_in_chunks(changes))
    audit.record("initiatives.export_decisions", actor=request.user, municipality_id=here.pk, data=asked)
    if request.GET["format"] == "csv":
        headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
        return StreamingHttpResponse(csv_pieces(heads, rows), content_type=CSV_TYPE, headers=headers)
    if request.GET["format"] == "xlsx":
        file = xlsx_file(heads, rows, title=_("Decisions"))
        return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX_TYPE)
    raise Http404


def _cells(each: Decision) -> list[Any]:
    initiative = each.initiative
    return [each.at, initiative.reference, initiative.title, initiative.unit.name, each.what, each.who, each.reason]
