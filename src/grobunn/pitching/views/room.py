"""What the room sees: on the big screen, and on the watchers' own."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from grobunn.kernel.limits import Rate, TooManyRequests, address_of, spend
from grobunn.kernel.permissions import open_to_all
from grobunn.kernel.statemachine import TransitionRefused
from grobunn.organisations.requests import TenantRequest
from grobunn.pitching.addresses import part_of, watch_page, watched_part
from grobunn.pitching.forms.questions import QuestionForm
from grobunn.pitching.live import channel_of
from grobunn.pitching.models import PitchDay
from grobunn.pitching.queries.days import day_by_slug
from grobunn.pitching.queries.room import room_of
from grobunn.pitching.services.questions import ask_question
from grobunn.pitching.views.fetch import of_day
from grobunn.ui import toasts

# A room shares one network address: three hundred people may ask a question each, and nobody floods.
_FROM_A_ROOM = Rate(count=300, seconds=3600)
_FROM_ONE = Rate(count=10, seconds=600)


@require_GET
@of_day("pitching.view")
def show_screen(request: TenantRequest, day: PitchDay) -> HttpResponse:
    """Who pitches, the time that is left, what comes next: large."""
    return render(request, "pitching/screen.html", _shown(day, part=part_of(day, "screen_now")))


@require_GET
@of_day("pitching.view")
def show_screen_now(request: TenantRequest, day: PitchDay) -> HttpResponse:
    """The part of the screen that changes."""
    return render(request, "pitching/_screen_now.html", _shown(day, part=""))


@require_http_methods(["GET", "POST"])
@open_to_all("Whoever has the link may watch; it shows what everybody in the room sees, and nothing else.")
def watch(request: TenantRequest, municipality: str, slug: str, watch_key: str) -> HttpResponse:
    """What the room sees, on one's own screen, with a field for a question."""
    day = _watched(request, slug, watch_key)
    form = QuestionForm(request.POST or None)
    context = _shown(day, part=watched_part(day))
    if request.method == "POST" and form.is_valid():
        latest = context["room"].latest
        try:
            _count(request, day)
            if latest is None:
                raise Http404
            ask_question(latest, text=form.cleaned_data["text"])
        except TooManyRequests:
            form.add_error("text", _("That was many questions at once. Wait a little, then send again."))
        except TransitionRefused as refusal:
            form.add_error("text", str(refusal.message))
        else:
            toasts.success(request, _("Thank you. The chair sees your question now."))
            return redirect(watch_page(day))
    return render(request, "pitching/watch.html", {**context, "form": form}, status=422 if form.errors else 200)


@require_GET
@open_to_all("Whoever has the link may watch; it shows what everybody in the room sees, and nothing else.")
def watch_now(request: TenantRequest, municipality: str, slug: str, watch_key: str) -> HttpResponse:
    """The part that changes."""
    return render(request, "pitching/_watch_now.html", _shown(_watched(request, slug, watch_key), part=""))


def _watched(request: TenantRequest, slug: str, watch_key: str) -> PitchDay:
    day = day_by_slug(request.municipality, slug)
    if day is None or not constant_time_compare(day.watch_key, watch_key):
        raise Http404
    return day


def _count(request: TenantRequest, day: PitchDay) -> None:
    """One browser asks a few; a whole room behind one address asks one each."""
    if request.session.session_key:
        spend("pitching.ask", who=f"{day.pk}:{request.session.session_key}", rate=_FROM_ONE)
    spend("pitching.ask_room", who=f"{day.pk}:{address_of(request)}", rate=_FROM_A_ROOM)


def _shown(day: PitchDay, *, part: str) -> dict[str, Any]:
    return {"day": day, "room": room_of(day), "channel": channel_of(day.pk), "part": part}
