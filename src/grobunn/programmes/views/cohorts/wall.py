"""The code on the wall, for whoever leads a gathering: on a big screen or on paper."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from grobunn.organisations.requests import TenantRequest
from grobunn.programmes.addresses import cohort_page
from grobunn.programmes.models import Cohort, Day
from grobunn.programmes.queries.attendance import days_of
from grobunn.programmes.services.attending import renew_code
from grobunn.programmes.views.fetch import of_cohort
from grobunn.programmes.wall import code_hours, code_of, here_page
from grobunn.ui import qr, toasts


@require_GET
@of_cohort("programmes.facilitate")
def show(request: TenantRequest, cohort: Cohort, day_id: UUID) -> HttpResponse:
    """The code of a day: large, with the address in letters."""
    day = _day_or_404(cohort, day_id)
    address = settings.SITE_URL + here_page(day)
    write_at = settings.SITE_URL + reverse("programmes:write_code", kwargs={"municipality": request.municipality.slug})
    drawn = qr.svg(address, title=_("QR code that leads to %(address)s") % {"address": address}, is_fluid=True)
    opens, closes = code_hours(day)
    context = {
        "municipality": request.municipality,
        "cohort": cohort,
        "programme": cohort.programme,
        "day": day,
        "qr": mark_safe(drawn),  # noqa: S308 -- drawn by us from our own address
        "code": code_of(day),
        "write_at": write_at.removeprefix("https://").removeprefix("http://").rstrip("/"),
        "opens": opens,
        "closes": closes,
    }
    return render(request, "programmes/attendance/wall.html", context)


@require_POST
@of_cohort("programmes.facilitate")
def renew(request: TenantRequest, cohort: Cohort, day_id: UUID) -> HttpResponse:
    """Another code: the one on the wall, and pictures of it, stop working."""
    day = _day_or_404(cohort, day_id)
    renew_code(day.gathering, actor=request.user)
    toasts.success(request, _("This is a new code. The old one does not work any more."))
    return redirect(cohort_page(cohort, "wall", day_id=day.pk))


def _day_or_404(cohort: Cohort, day_id: UUID) -> Day:
    """A day of the cohort, but for those of cancelled gatherings. Raises: Http404."""
    day = next((each for each in days_of(cohort) if each.pk == day_id), None)
    if day is None:
        raise Http404
    day.gathering.cohort = cohort
    return day
