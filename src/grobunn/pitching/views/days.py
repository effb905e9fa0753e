"""Pitch days: all of them, a new one, and the page of one."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from grobunn.kernel import permissions
from grobunn.kernel.statemachine import TransitionRefused
from grobunn.organisations.access import asks_here
from grobunn.organisations.requests import TenantRequest
from grobunn.pitching.addresses import day_page, panel_url, watch_page
from grobunn.pitching.forms.days import ChangeDayForm, NewDayForm
from grobunn.pitching.models import PitchDay
from grobunn.pitching.queries.days import days_of, slots_of
from grobunn.pitching.queries.proposals import asked_of, is_kept_from, may_read
from grobunn.pitching.services.days import change_day as change
from grobunn.pitching.services.days import make_day, take_in_teams
from grobunn.pitching.states import DAY_MACHINE, DayState
from grobunn.pitching.views.fetch import of_day
from grobunn.ui import refusals, toasts

_SHOWN = 50


@require_GET
@asks_here("pitching.view")
def list_days(request: TenantRequest) -> HttpResponse:
    """The pitch days of a municipality, the newest first."""
    here = request.municipality
    context = {
        "days": days_of(here)[:_SHOWN],
        "may_make": permissions.is_allowed("pitching.make", request.user, here),
    }
    return render(request, "pitching/list.html", context)


@require_http_methods(["GET", "POST"])
@asks_here("pitching.make")
def new_day(request: TenantRequest) -> HttpResponse:
    """Make a day for a cohort; its teams and its panel come with it."""
    initial = {"cohort": _cohort(request.GET.get("kull", ""))}
    form = NewDayForm(request.POST or None, municipality=request.municipality, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        day = make_day(given.pop("cohort"), actor=request.user, **given)
        toasts.success(request, _("The pitch day is made. Put the teams in order, and set up the panel."))
        return redirect(day_page(day))
    return render(request, "pitching/new.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
@of_day("pitching.view")
def show_day(request: TenantRequest, day: PitchDay) -> HttpResponse:
    """The order of the day, what the teams ask for, and what is to be done."""
    slots = slots_of(day)
    may_run = permissions.is_allowed("pitching.run", request.user, day)
    asked = asked_of(slots)
    rows = [
        {
            "slot": each.slot,
            "asked": each if may_run and not is_kept_from(request.user, each.slot) else None,
            "may_read": may_read(request.user, each.slot),
        }
        for each in asked
    ]
    context = {
        "day": day,
        "rows": rows,
        "may_run": may_run,
        "may_make": permissions.is_allowed("pitching.make", request.user, day),
        "may_order": may_run and day.state in (DayState.PLANNED, DayState.RUNNING),
        "edges": DAY_MACHINE.available(day, request.user),
        "panel_url": panel_url(day),
        "watch_url": request.build_absolute_uri(watch_page(day)),
    }
    return render(request, "pitching/day.html", context)


@require_http_methods(["GET", "POST"])
@of_day("pitching.make")
def change_day(request: TenantRequest, day: PitchDay) -> HttpResponse:
    """Change when and where, and how long a pitch takes."""
    form = ChangeDayForm(request.POST or None, initial=ChangeDayForm.fields_of(day))
    if request.method == "POST" and form.is_valid():
        try:
            change(day, actor=request.user, **form.cleaned_data)
        except TransitionRefused as refusal:
            refusals.say_in(form, refusal)
        else:
            toasts.success(request, _("Saved."))
            return redirect(day_page(day))
    return render(request, "pitching/change.html", {"form": form, "day": day}, status=422 if form.errors else 200)


@require_POST
@of_day("pitching.run")
def take_in(request: TenantRequest, day: PitchDay) -> HttpResponse:
    """Take in new teams, and give the panel the proposals as they are now."""
    made = take_in_teams(day, actor=request.user)
    if made:
        toasts.success(
            request, _("New in the order: %(teams)s.") % {"teams": ", ".join(each.team.name for each in made)}
        )
    else:
        toasts.success(request, _("The panel has what the teams have written now."))
    return redirect(day_page(day))


def _cohort(given: str) -> UUID | None:
    try:
        return UUID(given)
    except ValueError:
        return None
