"""A cohort: its page, a new one, a change, a copy for the next run, and its steps."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from grobunn.kernel import permissions
from grobunn.kernel.statemachine import TransitionRefused
from grobunn.organisations.requests import TenantRequest
from grobunn.programmes.addresses import cohort_page, programme_page
from grobunn.programmes.forms.programmes import CohortForm
from grobunn.programmes.forms.running import CopyForm, StepForm
from grobunn.programmes.models import Cohort, Programme
from grobunn.programmes.queries.gatherings import gatherings_of
from grobunn.programmes.queries.people import place_of
from grobunn.programmes.services import changing
from grobunn.programmes.services.programmes import make_cohort
from grobunn.programmes.states import COHORT_MACHINE
from grobunn.programmes.views.asides import OVERVIEW
from grobunn.programmes.views.fetch import of_cohort, of_programme
from grobunn.programmes.views.pages import cohort_tab, form_page
from grobunn.ui import toasts


@require_GET
@of_cohort("programmes.view")
def show(request: TenantRequest, cohort: Cohort) -> HttpResponse:
    """What a cohort is, what comes next, and the reader's own place in it."""
    gatherings = gatherings_of(cohort)
    context: dict[str, Any] = {
        "gatherings": gatherings,
        "next": next((each for each in gatherings if each.is_ahead), None),
        "place": place_of(request.user, cohort.pk),
        "steps": COHORT_MACHINE.available(cohort, request.user),
        "parts": OVERVIEW.parts_of(request, cohort, request.user),
    }
    return cohort_tab(request, cohort, "programmes/cohort.html", tab="overview", **context)


@require_http_methods(["GET", "POST"])
@of_programme("programmes.run")
def make(request: TenantRequest, programme: Programme) -> HttpResponse:
    """A new cohort."""
    form = CohortForm(request.POST or None, municipality_id=request.municipality.pk)
    if form.is_valid():
        said = {name: value for name, value in form.said().items() if value is not None}
        made = make_cohort(programme, actor=request.user, key=form.cleaned_data["key"], **said)
        toasts.success(request, _("The cohort is made. Now say when it meets."))
        return redirect(cohort_page(made))
    back = programme_page(programme)
    return form_page(
        request, form, title=_("A new cohort"), submit=_("Make the cohort"), back=back, programme=programme
    )


@require_http_methods(["GET", "POST"])
@of_cohort("programmes.run")
def change(request: TenantRequest, cohort: Cohort) -> HttpResponse:
    """Other words, other rules, more places."""
    form = CohortForm(request.POST or None, municipality_id=request.municipality.pk, cohort=cohort)
    if form.is_valid():
        try:
            changing.change(cohort, version=form.cleaned_data["version"], actor=request.user, fields=form.said())
        except TransitionRefused as refused:
            form.add_error(None, str(refused.message))
        else:
            toasts.success(request, _("Saved."))
            return redirect(cohort_page(cohort))
    back = cohort_page(cohort)
    return form_page(request, form, title=_("Change the cohort"), submit=_("Save"), back=back, cohort=cohort)


@require_http_methods(["GET", "POST"])
@of_cohort("programmes.run")
def copy(request: TenantRequest, cohort: Cohort) -> HttpResponse:
    """The next run, with the same gatherings on other days."""
    form = CopyForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        made = changing.copy_cohort(
            cohort, name=given["name"], begins_on=given["begins_on"], actor=request.user, key=given["key"]
        )
        toasts.success(request, _("The cohort is copied. Look through the days before you open it."))
        return redirect(cohort_page(made, "gatherings"))
    lead = _("Gatherings, programme of the days and links come along, with their dates moved. Participants do not.")
    back = cohort_page(cohort)
    return form_page(
        request, form, title=_("Copy for the next run"), submit=_("Make the copy"), back=back, cohort=cohort, lead=lead
    )


@require_http_methods(["GET", "POST"])
@of_cohort("programmes.view")
def take_step(request: TenantRequest, cohort: Cohort, edge: str) -> HttpResponse:
    """One step in the life of a cohort."""
    step = COHORT_MACHINE.by_name.get(edge)
    if step is None:
        raise Http404
    permissions.check(step.permission, request.user, cohort)
    form = StepForm(request.POST or None if request.method == "GET" else request.POST, edge=step, cohort=cohort)
    if form.is_valid():
        try:
            form.perform(actor=request.user)
        except TransitionRefused as refused:
            form.add_error(None, str(refused.message))
        else:
            toasts.success(request, _("Done: %(step)s.") % {"step": step.label})
            return redirect(cohort_page(cohort))
    back, lead = cohort_page(cohort), str(form.lead)
    return form_page(request, form, title=str(step.label), submit=str(step.label), back=back, cohort=cohort, lead=lead)
