"""Who is there: the list of a day."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from grobunn.kernel import clock
from grobunn.kernel.statemachine import TransitionRefused
from grobunn.organisations.requests import TenantRequest
from grobunn.programmes.addresses import cohort_page
from grobunn.programmes.forms.attending import MarksForm
from grobunn.programmes.models import Cohort, Day
from grobunn.programmes.queries.attendance import day_shown, days_of, list_of
from grobunn.programmes.services.attending import record_marks
from grobunn.programmes.views.fetch import of_cohort
from grobunn.programmes.views.pages import cohort_tab, refused_or_ok
from grobunn.ui import toasts


@require_http_methods(["GET", "POST"])
@of_cohort("programmes.facilitate")
def show(request: TenantRequest, cohort: Cohort) -> HttpResponse:
    """The list of a day, with a tick for each who is there."""
    days = days_of(cohort)
    day = day_shown(days, request.GET.get("dag", ""))
    form = MarksForm(request.POST if request.method == "POST" else None)
    if day is not None and form.is_valid() and _is_saved(request, cohort, day, form):
        guest = form.cleaned_data["guest"]
        asked = urlencode({"dag": day.pk, **({"gjest": guest} if guest else {})})
        return redirect(f"{cohort_page(cohort, 'attendance')}?{asked}")
    guest = request.GET.get("gjest", "").strip()
    listed = list_of(cohort, day, guest=guest) if day else []
    context = {
        "days": days,
        "day": day,
        "form": form,
        "guest": guest,
        "listed": listed,
        "has_code": day is not None and day.on >= clock.today(),
        "present": sum(each.is_present for each in listed),
        "found_nobody": bool(guest) and not any(each.is_guest for each in listed),
    }
    return cohort_tab(
        request, cohort, "programmes/attendance/list.html", tab="attendance", status=refused_or_ok(form), **context
    )


def _is_saved(request: TenantRequest, cohort: Cohort, day: Day, form: MarksForm) -> bool:
    """Whether the marks were kept; if not, the form says why."""
    try:
        record_marks(cohort, form.marks(day), sent_at=clock.now(), actor=request.user)
    except TransitionRefused as refused:
        form.add_error(None, str(refused.message))
        return False
    if not form.cleaned_data["guest"]:
        toasts.success(request, _("The list is saved."))
    return True
