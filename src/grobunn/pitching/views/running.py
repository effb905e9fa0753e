"""Running the day: who is on stage, the clock, and the questions from the room."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from grobunn.kernel import permissions
from grobunn.kernel.statemachine import TransitionRefused
from grobunn.organisations.requests import TenantRequest
from grobunn.pitching.addresses import day_page, minutes_page, panel_url, part_of, run_page
from grobunn.pitching.live import channel_of
from grobunn.pitching.models import PitchDay, QuestionState, Slot
from grobunn.pitching.queries.room import questions_of, room_of
from grobunn.pitching.services import running
from grobunn.pitching.states import DAY_MACHINE, SLOT_MACHINE
from grobunn.pitching.views.fetch import of_day, of_slot
from grobunn.ui import toasts

_CLOCK = {"pause": running.pause, "resume": running.resume}


@require_GET
@of_day("pitching.run")
def show_run(request: TenantRequest, day: PitchDay) -> HttpResponse:
    """The page from which the day is led."""
    return render(request, "pitching/run.html", _shown(request, day))


@require_GET
@of_day("pitching.run")
def show_run_now(request: TenantRequest, day: PitchDay) -> HttpResponse:
    """The part of it that changes."""
    return render(request, "pitching/_run_now.html", _shown(request, day))


@require_http_methods(["GET", "POST"])
@of_day("pitching.run")
def step_the_day(request: TenantRequest, day: PitchDay, edge: str) -> HttpResponse:
    """Begin, end, open again or cancel; with a page where a reason is asked for."""
    if edge not in DAY_MACHINE.by_name:
        raise Http404
    step = DAY_MACHINE.by_name[edge]
    context = {"day": day, "edge": step}
    if request.method == "GET":
        return render(request, "pitching/step.html", context)
    try:
        running.step_day(day, edge, actor=request.user, reason=request.POST.get("reason", ""))
    except TransitionRefused as refusal:
        context["refusal"] = str(refusal.message)
        return render(request, "pitching/step.html", context, status=422)
    there = {"begin": run_page, "reopen": run_page, "end": minutes_page}.get(edge, day_page)
    return redirect(there(day))


@require_POST
@of_slot("pitching.run")
def step_the_slot(request: TenantRequest, slot: Slot, edge: str) -> HttpResponse:
    """One press on the page from which the day is led."""
    if edge not in SLOT_MACHINE.by_name and edge not in _CLOCK:
        raise Http404
    try:
        if edge in _CLOCK:
            _CLOCK[edge](slot, actor=request.user)
        else:
            running.step_slot(slot, edge, actor=request.user)
    except TransitionRefused as refusal:
        toasts.warning(request, str(refusal.message))
    return redirect(run_page(slot.day))


def _shown(request: TenantRequest, day: PitchDay) -> dict[str, Any]:
    room = room_of(day)
    at = [room.latest] if room.latest else []
    open_states = [QuestionState.ASKED, QuestionState.CHOSEN]
    return {
        "day": day,
        "room": room,
        "questions": questions_of(at, states=open_states),
        "rows": [{"slot": slot, "edges": SLOT_MACHINE.available(slot, request.user)} for slot in room.slots],
        "edges": DAY_MACHINE.available(day, request.user),
        "may_decide": permissions.is_allowed("pitching.decide", request.user, day),
        "panel_url": panel_url(day),
        "part": part_of(day, "run_now"),
        "channel": channel_of(day.pk),
    }
