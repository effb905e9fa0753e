"""Programmes of a municipality: the list, the page of one, a new one, a change."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from grobunn.kernel import permissions
from grobunn.kernel.permissions import open_to_all
from grobunn.kernel.statemachine import TransitionRefused
from grobunn.organisations.access import asks_here
from grobunn.organisations.requests import TenantRequest
from grobunn.programmes.addresses import programme_page
from grobunn.programmes.forms.programmes import ProgrammeForm
from grobunn.programmes.models import Cohort, Programme
from grobunn.programmes.queries.gatherings import gatherings_of
from grobunn.programmes.queries.programmes import cohorts_of, cohorts_of_person, programmes_seen_by, with_dates
from grobunn.programmes.services import changing
from grobunn.programmes.services.programmes import make_programme
from grobunn.programmes.states import CohortState
from grobunn.programmes.views.asides import LIST
from grobunn.programmes.views.fetch import of_programme, programme_or_404
from grobunn.programmes.views.pages import form_page
from grobunn.ui import toasts

WHY_OPEN = "What an open programme is, and when it is held, is for everybody; who takes part is not."


@require_GET
@open_to_all(WHY_OPEN)
def list_programmes(request: TenantRequest, municipality: str) -> HttpResponse:
    """The programmes that the reader may read about, their own cohorts first."""
    here = request.municipality
    own = cohorts_of_person(request.user).filter(municipality=here).select_related("programme__municipality")
    context = {
        "municipality": here,
        "programmes": list(programmes_seen_by(request.user, here.pk).order_by("name", "id")),
        "parts": LIST.parts_of(request, here, request.user),
        "own": list(with_dates(own).order_by("-made_at", "id")),
        "may_run": permissions.is_allowed("programmes.run", request.user, here),
    }
    return render(request, "programmes/list.html", context)


@require_GET
@open_to_all(WHY_OPEN)
def show(request: TenantRequest, municipality: str, programme: str) -> HttpResponse:
    """What a programme is for, and when it is held."""
    its = programme_or_404(request, programme)
    cohorts = list(cohorts_of(its))
    current = next((each for each in cohorts if each.state in _CURRENT), None)
    context = {
        "municipality": request.municipality,
        "programme": its,
        "cohorts": cohorts,
        "readable": _readable(request, its, cohorts),
        "current": current,
        "gatherings": gatherings_of(current) if current else [],
        "may_run": permissions.is_allowed("programmes.run", request.user, its),
    }
    return render(request, "programmes/programme.html", context)


_CURRENT = (CohortState.OPEN, CohortState.RUNNING, CohortState.PLANNED)


def _readable(request: TenantRequest, programme: Programme, cohorts: list[Cohort]) -> set[object]:
    """The cohorts whose own pages the reader may open."""
    if permissions.is_allowed("programmes.view", request.user, request.municipality):
        return {cohort.pk for cohort in cohorts}
    return set(cohorts_of_person(request.user).filter(programme=programme).values_list("pk", flat=True))


@require_http_methods(["GET", "POST"])
@asks_here("programmes.run")
def make(request: TenantRequest) -> HttpResponse:
    """A new programme."""
    here = request.municipality
    form = ProgrammeForm(request.POST or None, municipality_id=here.pk)
    if form.is_valid():
        made = make_programme(here, actor=request.user, key=form.cleaned_data["key"], **form.said())
        toasts.success(request, _("The programme is made. Now give it a cohort."))
        return redirect(programme_page(made))
    return form_page(request, form, title=_("A new programme"), submit=_("Make the programme"), up="list")


@require_http_methods(["GET", "POST"])
@of_programme("programmes.run")
def change(request: TenantRequest, programme: Programme) -> HttpResponse:
    """Another word for it, another purpose."""
    form = ProgrammeForm(request.POST or None, municipality_id=request.municipality.pk, programme=programme)
    if form.is_valid():
        try:
            changing.change(programme, version=form.cleaned_data["version"], actor=request.user, fields=form.said())
        except TransitionRefused as refused:
            form.add_error(None, str(refused.message))
        else:
            toasts.success(request, _("Saved."))
            return redirect(programme_page(programme))
    return form_page(
        request,
        form,
        title=_("Change the programme"),
        submit=_("Save"),
        back=programme_page(programme),
        programme=programme,
    )
