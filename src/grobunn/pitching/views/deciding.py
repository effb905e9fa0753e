"""Where the panel decides: what is asked for, what is left, what a yes does, and the ways on."""

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from grobunn.capacity.errors import CapacityExceeded
from grobunn.capacity.quarters import Quarter
from grobunn.capacity.shown import missing_of
from grobunn.ideas.states import UNDO_MINUTES
from grobunn.initiatives.forms.starting import named
from grobunn.initiatives.queries.in_the_way import raisers_of
from grobunn.juries.occasions import occasion_of
from grobunn.juries.states import PanelState
from grobunn.kernel import permissions
from grobunn.kernel.statemachine import TransitionRefused
from grobunn.organisations.requests import TenantRequest
from grobunn.pitching.addresses import decide_page, panel_url, standing_page
from grobunn.pitching.forms.deciding import LATER, NO, PARK, RAISE, DecisionForm
from grobunn.pitching.models import PitchDay, Slot
from grobunn.pitching.queries.days import slots_of
from grobunn.pitching.queries.decisions import consequence_of, left_for, standing_decisions
from grobunn.pitching.queries.proposals import Asked, asked_of, is_kept_from
from grobunn.pitching.services import deciding
from grobunn.pitching.services.deciding import ProposalLacks, Word
from grobunn.pitching.views.fetch import of_day, of_slot
from grobunn.ui import refusals, toasts


@require_GET
@of_day("pitching.view")
def show_standing(request: TenantRequest, day: PitchDay) -> HttpResponse:
    """What has been decided so far, and what capacity is left."""
    standings = standing_decisions(day, actor=request.user)
    may_decide = permissions.is_allowed("pitching.decide", request.user, day)
    known = [each.asked for each in standings if not each.is_kept]
    context = {
        "day": day,
        "standings": standings,
        "loads": left_for(known),
        "may_decide": may_decide,
        "panel_url": panel_url(day),
    }
    return render(request, "pitching/standing.html", context)


@require_http_methods(["GET", "POST"])
@of_slot("pitching.decide")
def decide(request: TenantRequest, slot: Slot) -> HttpResponse:
    """One decision: begin, raise and begin, begin later, park, or no; or the same page with what is missing."""
    if slot.entry is not None and slot.day.panel is not None:
        slot.entry.panel = slot.day.panel
        permissions.check("juries.decide", request.user, slot.entry)
    (asked,) = asked_of([slot])
    if request.method == "GET":
        return _page(request, asked, None)
    way, _colon, quarter = request.POST.get("vei", "").partition(":")
    form = DecisionForm(request.POST, way=way)
    if not form.is_valid():
        return _page(request, asked, form, status=422)
    try:
        _carry_out(asked, form, way, quarter, request)
    except CapacityExceeded:
        return _page(request, asked, form, status=409)
    except ProposalLacks as refusal:
        for sentence in refusal.missing:
            form.add_error(None, sentence)
    except TransitionRefused as refusal:
        refusals.say_in(form, refusal)
    else:
        toasts.success(request, _("Decided: %(team)s.") % {"team": slot.team.name}, undo_url=_undo_url(slot))
        return redirect(standing_page(slot.day))
    return _page(request, asked, form, status=422)


@require_POST
@of_slot("pitching.decide")
def take_back(request: TenantRequest, slot: Slot) -> HttpResponse:
    """Undo a decision while nobody has read it."""
    try:
        deciding.take_back(slot, actor=request.user)
    except TransitionRefused as refusal:
        toasts.warning(request, str(refusal.message))
    else:
        toasts.success(request, _("Taken back: %(team)s is not decided.") % {"team": slot.team.name})
    return redirect(decide_page(slot))


def _carry_out(asked: Asked, form: DecisionForm, way: str, quarter: str, request: TenantRequest) -> None:
    given, slot, actor = form.cleaned_data, asked.slot, request.user
    word = Word(reasons=given["reasons"], version=given["version"])
    if way == NO:
        deciding.refuse_pitch(slot, word=word, actor=actor)
    elif way == PARK:
        kept = {name: given[name] for name in ("until", "condition", "waits_for")}
        deciding.park_pitch(slot, word=word, actor=actor, **kept)
    else:
        raised = given["raise_reason"] if way == RAISE else ""
        later = _quarters_later(quarter, asked) if way == LATER else 0
        deciding.start_pitch(slot, word=word, actor=actor, raise_reason=raised, later=later)


def _quarters_later(code: str, asked: Asked) -> int:
    """How much later the quarter is that was offered; an unknown one is passed over."""
    try:
        return max(0, Quarter.read(code) - min(line.quarter for line in asked.lines))
    except ValueError:
        return 0


def _undo_url(slot: Slot) -> str:
    return f"{decide_page(slot)}angre/"


def _page(request: TenantRequest, asked: Asked, form: DecisionForm | None, *, status: int = 200) -> HttpResponse:
    slot = asked.slot
    rest = [each for each in slots_of(slot.day) if each.pk != slot.pk and each.decided_at is None]
    others = asked_of([each for each in rest if not is_kept_from(request.user, each)])
    consequence = consequence_of(asked, others=others, actor=request.user)
    panel, entry = slot.day.panel, slot.entry
    outcome = occasion_of(panel).outcome(entry.outcome) if panel and entry and slot.decided_at else None
    shown = form or DecisionForm(free_from=consequence.free_from, initial={"version": entry.version if entry else None})
    context = {
        "day": slot.day,
        "slot": slot,
        "asked": asked,
        "form": shown,
        "consequence": consequence,
        "outcome": outcome,
        "is_open": panel is not None and panel.state == PanelState.DISCUSSING,
        "here_url": decide_page(slot),
        "panel_url": panel_url(slot.day),
        "undo_minutes": UNDO_MINUTES,
        **_ways_on(request, consequence.refusal),
    }
    return render(request, "pitching/decide.html", context, status=status)


def _ways_on(request: TenantRequest, refusal: CapacityExceeded | None) -> dict[str, Any]:
    """What is missing, and who may say that there is more."""
    if refusal is None:
        return {}
    missing = missing_of(refusal, actor=request.user)
    sources = {each.source.pk: each.source for each in refusal.shortfalls}
    return {
        "missing": replace(missing, rows=tuple(replace(row, raise_url="") for row in missing.rows)),
        "may_raise": missing.may_raise,
        "later": f"{LATER}:{refusal.free_from.code}" if refusal.free_from else "",
        "raisers": [] if missing.may_raise else [named(each) for each in raisers_of(sources.values())],
    }
