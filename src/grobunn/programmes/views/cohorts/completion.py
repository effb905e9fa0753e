"""Who has completed, and what remains for whom."""

from typing import Any

from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from grobunn.kernel import audit, clock
from grobunn.kernel.sheets import CSV_TYPE, XLSX_TYPE, csv_pieces, xlsx_file
from grobunn.organisations.requests import TenantRequest
from grobunn.programmes.models import Cohort
from grobunn.programmes.queries.standing import Standing, counts_by_unit, standings_of
from grobunn.programmes.states import EnrolmentState
from grobunn.programmes.views.fetch import of_cohort
from grobunn.programmes.views.pages import cohort_tab


@require_GET
@of_cohort("programmes.facilitate")
def show(request: TenantRequest, cohort: Cohort) -> HttpResponseBase:
    """Everybody who has a place, what remains for them, and what waits for an answer."""
    everybody = standings_of(cohort)
    is_narrowed = request.GET.get("vis") == "mangler"
    shown = [each for each in everybody if not (is_narrowed and each.completion.is_complete)]
    if request.GET.get("format") in ("xlsx", "csv"):
        return _file(request, cohort, shown)
    context: dict[str, Any] = {
        "standings": shown,
        "is_narrowed": is_narrowed,
        "people": len(everybody),
        "completed": sum(each.completion.is_complete for each in everybody),
        "units": counts_by_unit(everybody),
        "has_diplomas": any(each.enrolment.state == EnrolmentState.COMPLETED for each in everybody),
        "waiting": [(each.enrolment, one) for each in everybody for one in each.waiting],
    }
    return cohort_tab(request, cohort, "programmes/completion.html", tab="completion", **context)


def _file(request: TenantRequest, cohort: Cohort, shown: list[Standing]) -> HttpResponseBase:
    """The same as a file; who took it out is kept."""
    audit.record(
        "programmes.export_completion", actor=request.user, subject=cohort, municipality_id=cohort.municipality_id
    )
    heads = [
        _("Name"),
        _("Unit"),
        _("Gatherings attended"),
        _("Gatherings required"),
        _("Completed"),
        _("What remains"),
    ]
    rows = [
        (
            each.enrolment.name,
            each.enrolment.unit.name if each.enrolment.unit else each.enrolment.organisation,
            each.completion.attended,
            each.completion.required,
            _("yes") if each.completion.is_complete else _("no"),
            ". ".join(each.remains),
        )
        for each in shown
    ]
    name = f"{cohort.programme.slug}-{cohort.slug}-{clock.today().isoformat()}"
    if request.GET["format"] == "xlsx":
        sheet = xlsx_file(heads, rows, title=_("Completion"))
        return FileResponse(sheet, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX_TYPE)
    response = StreamingHttpResponse(csv_pieces(heads, rows), content_type=CSV_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
