"""When a cohort meets: the list of gatherings, the page of one, a new one, and what happens to it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from grobunn.kernel.statemachine import TransitionRefused
from grobunn.organisations.requests import TenantRequest
from grobunn.programmes.addresses import cohort_page, gathering_page
from grobunn.programmes.forms.gatherings import CancelForm, DaysForm, GatheringForm, NewGatheringForm
from grobunn.programmes.models import Cohort, Gathering
from grobunn.programmes.queries.gatherings import gatherings_of, material_of, sessions_by_day, whole
from grobunn.programmes.services import gatherings as services
from grobunn.programmes.services.programmes import add_gathering
from grobunn.programmes.views.asides import GATHERING
from grobunn.programmes.views.fetch import of_cohort, of_gathering
from grobunn.programmes.views.pages import cohort_tab, form_page
from grobunn.ui import toasts


@require_GET
@of_cohort("programmes.view")
def list_gatherings(request: TenantRequest, cohort: Cohort) -> HttpResponse:
    """The gatherings of a cohort in the order of their days."""
    return cohort_tab(request, cohort, "programmes/gatherings.html", tab="gatherings", gatherings=gatherings_of(cohort))


@require_GET
@of_gathering("programmes.view")
def show(request: TenantRequest, gathering: Gathering) -> HttpResponse:
    """A gathering: when, where, what is on each day, who leads it, what to read."""
    (its,) = whole([gathering])
    sessions = sessions_by_day(its.days)
    context: dict[str, Any] = {
        "gathering": gathering,
        "whole": its,
        "days": [(day, sessions[day.pk]) for day in its.days],
        "material": material_of(gathering),
        "parts": GATHERING.parts_of(request, gathering, request.user),
    }
    return cohort_tab(request, gathering.cohort, "programmes/gathering.html", tab="gatherings", **context)


@require_http_methods(["GET", "POST"])
@of_cohort("programmes.run")
def make(request: TenantRequest, cohort: Cohort) -> HttpResponse:
    """A new gathering."""
    form = NewGatheringForm(request.POST or None)
    if form.is_valid():
        said = {name: value for name, value in form.said().items() if value is not None}
        made = add_gathering(cohort, days=form.days(), actor=request.user, **said)
        made.cohort = cohort
        toasts.success(request, _("The gathering is added."))
        return redirect(gathering_page(made))
    back = cohort_page(cohort, "gatherings")
    return form_page(
        request,
        form,
        title=_("A new gathering"),
        submit=_("Add the gathering"),
        back=back,
        cohort=cohort,
        together=("starts", "ends"),
    )


@require_http_methods(["GET", "POST"])
@of_gathering("programmes.run")
def change(request: TenantRequest, gathering: Gathering) -> HttpResponse:
    """Other words, another place."""
    form = GatheringForm(request.POST or None, gathering=gathering)
    if form.is_valid():
        try:
            services.change_gathering(
                gathering, version=form.cleaned_data["version"], actor=request.user, fields=form.said()
            )
        except TransitionRefused as refused:
            form.add_error(None, str(refused.message))
        else:
            toasts.success(request, _("Saved. Calendars follow."))
            return redirect(gathering_page(gathering))
    back = gathering_page(gathering)
    return form_page(
        request, form, title=_("Change the gathering"), submit=_("Save"), back=back, cohort=gathering.cohort
    )


@require_http_methods(["GET", "POST"])
@of_gathering("programmes.run")
def move(request: TenantRequest, gathering: Gathering) -> HttpResponse:
    """Other days; everybody who takes part is told."""
    (its,) = whole([gathering])
    form = DaysForm(request.POST or None, gathering=gathering, days=its.days)
    if form.is_valid():
        try:
            services.move_gathering(gathering, form.days(), version=form.cleaned_data["version"], actor=request.user)
        except TransitionRefused as refused:
            form.add_error(None, str(refused.message))
        else:
            toasts.success(request, _("Moved. Everybody who takes part is told, and calendars follow."))
            return redirect(gathering_page(gathering))
    given: dict[str, Any] = {
        "back": gathering_page(gathering),
        "cohort": gathering.cohort,
        "template": "programmes/move.html",
    }
    return form_page(
        request,
        form,
        title=_("Move the gathering"),
        submit=pgettext("gathering", "Move it"),
        lead=gathering.title,
        **given,
    )


@require_http_methods(["GET", "POST"])
@of_gathering("programmes.run")
def cancel(request: TenantRequest, gathering: Gathering) -> HttpResponse:
    """It is not held; everybody who takes part is told why."""
    form = CancelForm(request.POST or None)
    if form.is_valid():
        services.cancel_gathering(gathering, reason=form.cleaned_data["reason"], actor=request.user)
        undo = gathering_page(gathering, "put_back_gathering")
        toasts.success(request, _("Cancelled. Everybody who takes part is told."), undo_url=undo)
        return redirect(gathering_page(gathering))
    given: dict[str, Any] = {"back": gathering_page(gathering), "cohort": gathering.cohort, "lead": gathering.title}
    return form_page(request, form, title=_("Cancel the gathering"), submit=_("Cancel it"), **given)


@require_POST
@of_gathering("programmes.run")
def put_back(request: TenantRequest, gathering: Gathering) -> HttpResponse:
    """It is held after all."""
    services.put_back_gathering(gathering, actor=request.user)
    toasts.success(request, _("It is held after all. Everybody who takes part is told."))
    return redirect(gathering_page(gathering))
