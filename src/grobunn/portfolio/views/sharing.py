"""What municipalities share: the load of every shared source, and what each municipality holds of it."""

from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from grobunn.capacity.quarters import Quarter, quarters_from
from grobunn.kernel import audit, clock, permissions
from grobunn.kernel.sheets import CSV_TYPE, XLSX_TYPE, csv_pieces, xlsx_file
from grobunn.organisations.access import asks_here
from grobunn.organisations.requests import TenantRequest
from grobunn.portfolio.queries.sharing import SharedSource, shared_sources
from grobunn.portfolio.sharing_charts import HEADS, rows_of, source_chart
from grobunn.portfolio.tabs import tabs_of
from grobunn.ui.charts import picture_asked, with_picture

SHOWN_QUARTERS = 4


@require_GET
@asks_here("initiatives.see_portfolio")
def show_sharing(request: TenantRequest) -> HttpResponseBase:
    """A chart for each shared source; our initiatives by name, of the others only how much."""
    here = request.municipality
    quarters = list(quarters_from(Quarter.now(), SHOWN_QUARTERS))
    found = shared_sources(here, quarters=quarters, actor=request.user)
    if request.GET.get("format") in ("xlsx", "csv"):
        return _file(request, found, quarters)
    charts = [source_chart(each) for each in found]
    picture = picture_asked(request, *charts)
    if picture is not None:
        return picture
    context = {
        "tabs": tabs_of("sharing", municipality=here, query=""),
        "municipality": here,
        "shared": [(each, with_picture(chart, request)) for each, chart in zip(found, charts, strict=True)],
        "may_export": permissions.is_allowed("initiatives.export", request.user, here),
    }
    return render(request, "portfolio/sharing.html", context)


def _file(request: TenantRequest, found: list[SharedSource], quarters: list[Quarter]) -> HttpResponseBase:
    """The same as a file, for whoever may; who took it out is kept."""
    here = request.municipality
    permissions.check("initiatives.export", request.user, here)
    audit.record("initiatives.export_sharing", actor=request.user, subject=here, municipality_id=here.pk)
    heads, rows = [str(head) for head in HEADS], rows_of(found, quarters)
    name = f"{here.slug}-deling-{clock.today().isoformat()}"
    if request.GET["format"] == "xlsx":
        sheet = xlsx_file(heads, rows, title=_("Shared help"))
        return FileResponse(sheet, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX_TYPE)
    response = StreamingHttpResponse(csv_pieces(heads, rows), content_type=CSV_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
