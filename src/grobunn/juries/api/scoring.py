"""Giving scores over the API, and reading one's own."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from grobunn.juries.api.router import router
from grobunn.juries.api.scoring_schemas import KeptOut, OwnScoresOut, ScoresIn
from grobunn.juries.api.shown import panel_or_404
from grobunn.juries.forms.scoring import ScoreSheet, sheets_of, sheets_of_lines
from grobunn.juries.models import Member
from grobunn.juries.queries.lines import lines_to_score
from grobunn.juries.queries.members import member_of
from grobunn.juries.services.scoring import Recorded, TapGiven, record_taps
from grobunn.kernel import clock, ids
from grobunn.kernel.api.access import needs_scope


@router.put("/panels/{panel_id}/entries/{entry_id}/scores", response=KeptOut, auth=needs_scope("juries:write"))
def put_scores(request: HttpRequest, panel_id: str, entry_id: UUID, sent: ScoresIn) -> dict[str, Any]:
    """Give scores for an entry. Sent again it changes nothing; what is left out stays as it is.

    Each figure and note may have an id and a time of its own, made on a device: then the last made counts, in whatever
    order they come. Without, it is made now. What comes when scores are not taken is kept and named in `void`.
    """
    member = _scorer_or_404(request, panel_id)
    sheet = _sheet_or_404(member, entry_id)
    recorded = record_taps(member, _taps(sent, sheet), sent_at=sent.sent_at)
    if recorded.refused:
        raise ValidationError(_("A criterion has no such figure, or the panel has no such criterion."))
    return {**_shown(_sheet_or_404(member, entry_id)), **_kept(recorded)}


@router.get("/panels/{panel_id}/entries/{entry_id}/scores", response=OwnScoresOut, auth=needs_scope("juries:read"))
def own_scores_of_entry(request: HttpRequest, panel_id: str, entry_id: UUID) -> dict[str, Any]:
    """What the caller has given for an entry."""
    return _shown(_sheet_or_404(_scorer_or_404(request, panel_id), entry_id))


@router.get("/panels/{panel_id}/scores", response=list[OwnScoresOut], auth=needs_scope("juries:read"))
def own_scores(request: HttpRequest, panel_id: str) -> list[dict[str, Any]]:
    """What the caller has given for each entry that is theirs to score, in order."""
    member = _scorer_or_404(request, panel_id)
    return [_shown(sheet) for sheet in sheets_of_lines(member, lines_to_score(member))]


def _scorer_or_404(request: HttpRequest, panel_id: str) -> Member:
    member = member_of(panel_or_404(request, panel_id), request.user)
    if member is None or not member.scores:
        raise Http404
    return member


def _sheet_or_404(member: Member, entry_id: UUID) -> ScoreSheet:
    found = sheets_of(member, [entry_id])
    if not found:
        raise Http404
    return found[0]


def _taps(sent: ScoresIn, sheet: ScoreSheet) -> list[TapGiven]:
    """The taps of a request; of what has no id, only what differs from what is there."""
    now = clock.now()
    there = {row.criterion.code: row for row in sheet.rows}
    taps = []
    for each in sent.scores:
        row, at = there.get(each.criterion), each.at or now
        if "value" in each.model_fields_set and (each.tap or row is None or row.value != each.value):
            taps.append(TapGiven(each.tap or ids.new_id(), sheet.entry.pk, at, each.criterion, value=each.value))
        if each.note is not None and (each.note_tap or row is None or row.note != each.note):
            taps.append(TapGiven(each.note_tap or ids.new_id(), sheet.entry.pk, at, each.criterion, note=each.note))
    if sent.note is not None and (sent.note_tap or sent.note != sheet.note):
        taps.append(TapGiven(sent.note_tap or ids.new_id(), sheet.entry.pk, sent.at or now, note=sent.note))
    return taps


def _shown(sheet: ScoreSheet) -> dict[str, Any]:
    return {
        "entry": sheet.entry.pk,
        "scores": [{"criterion": row.criterion.code, "value": row.value, "note": row.note} for row in sheet.rows],
        "note": sheet.note,
        "is_done": sheet.is_done,
    }


def _kept(recorded: Recorded) -> dict[str, Any]:
    return {"kept": recorded.kept, "void": recorded.void}
