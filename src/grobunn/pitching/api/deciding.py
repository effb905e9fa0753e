"""Decisions over the API: what a yes would do, the decision itself, taking it back, and the minutes."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django_scopes import scope

from grobunn.kernel import permissions
from grobunn.kernel.api.access import needs_scope
from grobunn.kernel.api.forms import checked
from grobunn.pitching.api.found import day_or_404, slot_or_404
from grobunn.pitching.api.router import router
from grobunn.pitching.api.schemas import ConsequenceOut, DecidedOut, MinutesOut, PitchDecisionIn
from grobunn.pitching.api.shown import lines_shown, standing_shown
from grobunn.pitching.forms.deciding import LATER, NO, PARK, RAISE, START, DecisionForm
from grobunn.pitching.models import Slot
from grobunn.pitching.queries.days import slots_of
from grobunn.pitching.queries.decisions import consequence_of, standing_decisions
from grobunn.pitching.queries.minutes import panel_in_words
from grobunn.pitching.queries.proposals import asked_of, is_kept_from
from grobunn.pitching.services import deciding
from grobunn.pitching.services.deciding import Word

_READS = needs_scope("pitching:read")
_WRITES = needs_scope("pitching:write")
_ONE = "/pitch-days/{pitch_day_id}/slots/{slot_id}"
# The words of the API, and the buttons of the page.
_WAYS = {"start": START, "raise": RAISE, "later": LATER, "park": PARK, "no": NO}


@router.get("/pitch-days/{pitch_day_id}/decisions", response=list[DecidedOut], auth=_READS)
def list_pitch_decisions(request: HttpRequest, pitch_day_id: UUID) -> list[dict[str, Any]]:
    """Every team in the order of the day, with what was decided as far as the caller may know."""
    day = day_or_404(request, pitch_day_id)
    return [standing_shown(each) for each in standing_decisions(day, actor=request.user)]


@router.get("/pitch-days/{pitch_day_id}/minutes", response=MinutesOut, auth=_READS)
def show_minutes(request: HttpRequest, pitch_day_id: UUID) -> dict[str, Any]:
    """The minutes of a day, as the caller may read them."""
    day = day_or_404(request, pitch_day_id)
    return {
        **{name: getattr(day, name) for name in ("name", "on", "place", "state")},
        "panel": panel_in_words(day),
        "protocol": day.panel.reference if day.panel else None,
        "decisions": [standing_shown(each) for each in standing_decisions(day, actor=request.user)],
    }


@router.get(f"{_ONE}/consequence", response=ConsequenceOut, auth=_READS)
def show_consequence(request: HttpRequest, pitch_day_id: UUID, slot_id: UUID) -> dict[str, Any]:
    """What a yes to this one would do to capacity now, and to the undecided others; for those who decide."""
    slot = _decided_by(request, pitch_day_id, slot_id)
    with scope(municipality=slot.municipality_id):
        (asked,) = asked_of([slot])
        rest = [each for each in slots_of(slot.day) if each.pk != slot.pk and each.decided_at is None]
        others = asked_of([each for each in rest if not is_kept_from(request.user, each)])
        found = consequence_of(asked, others=others, actor=request.user)
    effects = zip(lines_shown(asked.lines), found.effects, strict=True)
    return {
        "fits": found.refusal is None,
        "free_from": found.free_from.code if found.free_from else None,
        "effects": [{**line, "left": each.load.left, "left_after": each.left_after} for line, each in effects],
        "pushed_back": [each.slot.team.name for each in found.pushed_back],
        "missing": asked.missing,
    }


@router.post(f"{_ONE}/decision", response=list[DecidedOut], auth=_WRITES)
def decide_pitch(request: HttpRequest, pitch_day_id: UUID, slot_id: UUID, sent: PitchDecisionIn) -> list[Any]:
    """Decide what becomes of a pitch: carried out at once, or refused and nothing has happened.

    Too little room is refused with 409, a type that ends in `capacity-exceeded`, what is missing and when it is free.
    """
    slot = _decided_by(request, pitch_day_id, slot_id)
    with scope(municipality=slot.municipality_id):
        given = checked(DecisionForm(sent.dict(), way=_WAYS[sent.way])).cleaned_data
        word = Word(reasons=given["reasons"], version=sent.version)
        if sent.way == "no":
            deciding.refuse_pitch(slot, word=word, actor=request.user)
        elif sent.way == "park":
            kept = {name: given[name] for name in ("until", "condition", "waits_for")}
            deciding.park_pitch(slot, word=word, actor=request.user, **kept)
        else:
            raised = given["raise_reason"] if sent.way == "raise" else ""
            later = sent.quarters_later if sent.way == "later" else 0
            deciding.start_pitch(slot, word=word, actor=request.user, raise_reason=raised, later=later)
    return list_pitch_decisions(request, pitch_day_id)


@router.post(f"{_ONE}/decision/undo", response=list[DecidedOut], auth=_WRITES)
def undo_pitch_decision(request: HttpRequest, pitch_day_id: UUID, slot_id: UUID) -> list[Any]:
    """Take a decision back while nobody has read it; sent again, nothing happens."""
    deciding.take_back(_decided_by(request, pitch_day_id, slot_id), actor=request.user)
    return list_pitch_decisions(request, pitch_day_id)


def _decided_by(request: HttpRequest, pitch_day_id: UUID, slot_id: UUID) -> Slot:
    """A pitch that the caller takes part in deciding. Raises: Http404, PermissionDenied."""
    slot = slot_or_404(request, pitch_day_id, slot_id)
    permissions.check("pitching.decide", request.user, slot)
    if slot.entry is not None:
        permissions.check("juries.decide", request.user, slot.entry)
    return slot
