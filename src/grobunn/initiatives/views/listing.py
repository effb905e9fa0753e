"""The list of a municipality's initiatives that the reader may see, and the whole of it as a file."""

from django.http import FileResponse, Http404, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from grobunn.ideas.views.addresses import query_without
from grobunn.initiatives.exports import HEADS, export_rows
from grobunn.initiatives.forms.listing import ListForm
from grobunn.initiatives.queries.listing import list_page, narrowed
from grobunn.kernel import audit, clock, permissions
from grobunn.kernel.paging import BadCursor
from grobunn.kernel.sheets import CSV_TYPE, XLSX_TYPE, csv_pieces, xlsx_file
from grobunn.organisations.access import asks_here
from grobunn.organisations.requests import TenantRequest


@require_GET
@asks_here("initiatives.see_portfolio")
def list_initiatives(request: TenantRequest) -> HttpResponseBase:
    """Newest first, narrowed by the address."""
    here = request.municipality
    form = ListForm(request.GET, actor=request.user, municipality_id=here.pk)
    if "format" in request.GET:
        return _file(request, form)
    try:
        page = list_page(request.user, municipality_id=here.pk, by=form.narrowed(), cursor=request.GET.get("side"))
    except BadCursor as error:
        raise Http404 from error
    context = {
        "form": form,
        "page": page,
        "query": query_without(request.GET, "side"),
        "municipality": here,
        "may_export": permissions.is_allowed("initiatives.export", request.user, here),
    }
    return render(request, "initiatives/list.html", context)


def _file(request: TenantRequest, form: ListForm) -> HttpResponseBase:
    """The whole of the narrowed list as a file."""
    here = request.municipality
    permissions.check("initiatives.export", request.user, here)
    rows = export_rows(narrowed(request.user, municipality_id=here.pk, by=form.narrowed()))
    name = f"{here.slug}-initiativ-{clock.today().isoformat()}"
    heads = [str(head) for head in HEADS]
    audit.record("initiatives.export", actor=request.user, municipality_id=here.pk, data=form.said())
    if request.GET["format"] == "csv":
        headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
        return StreamingHttpResponse(csv_pieces(heads, rows), content_type=CSV_TYPE, headers=headers)
    if request.GET["format"] == "xlsx":
        file = xlsx_file(heads, rows, title=_("Initiatives"))
        return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX_TYPE)
    raise Http404
