"""Who has completed, what remains for whom, and what was done instead of what was missed."""

from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from grobunn.kernel import audit, clock
from grobunn.kernel.sheets import CSV_TYPE, XLSX_TYPE, csv_pieces, xlsx_file
from grobunn.organisations.requests import TenantRequest
from grobunn.programmes.addresses import cohort_page
from grobunn.programmes.forms.attending import MakeUpForm
from grobunn.programmes.models import Cohort, Gathering, MakeUp
from grobunn.programmes.queries.people import place_of
from grobunn.programmes.queries.standing import Standing, counts_by_unit, standings_of
from grobunn.programmes.services.completing import accept_make_up, hand_in_make_up
from grobunn.programmes.states import HOLDS_A_PLACE, EnrolmentState
from grobunn.programmes.views.fetch import of_cohort, of_gathering
from grobunn.programmes.views.pages import cohort_tab, form_page
from grobunn.ui import toasts


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


@require_POST
@of_cohort("programmes.facilitate")
def accept(request: TenantRequest, cohort: Cohort, make_up_id: UUID) -> HttpResponse:
    """Let it count; pressed twice, it counts once."""
    made = MakeUp.objects.filter(pk=make_up_id, gathering__cohort=cohort).select_related("enrolment__cohort").first()
    if made is None:
        raise Http404
    accept_make_up(made, actor=request.user)
    toasts.success(request, _("It counts for the gathering that was missed."))
    return redirect(cohort_page(cohort, "completion"))


@require_http_methods(["GET", "POST"])
@of_gathering("programmes.take_part")
def make_up(request: TenantRequest, gathering: Gathering) -> HttpResponse:
    """Tell what one did instead of a gathering that one missed."""
    cohort = gathering.cohort
    place = place_of(request.user, cohort.pk)
    if place is None or place.state not in HOLDS_A_PLACE:
        raise Http404
    form = MakeUpForm(request.POST or None)
    if form.is_valid():
        hand_in_make_up(place, gathering, text=form.cleaned_data["text"], actor=request.user)
        toasts.success(request, _("Handed in. It counts when whoever leads the gathering has accepted it."))
        return redirect(cohort_page(cohort))
    title = _("Instead of %(gathering)s") % {"gathering": gathering.title}
    return form_page(request, form, title=title, submit=_("Hand in"), back=cohort_page(cohort), cohort=cohort)


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
