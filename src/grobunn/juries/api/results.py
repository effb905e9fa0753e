"""Results, decision and protocol over the API: to each caller what the pages show them."""

from typing import Any
from uuid import UUID

import numpy as np
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from grobunn.juries.api.result_schemas import DecisionIn, DecisionOut, FeedbackIn, ProtocolOut, ResultsOut
from grobunn.juries.api.router import router
from grobunn.juries.api.shown import entry_or_404, panel_or_404
from grobunn.juries.models import Entry, Protocol
from grobunn.juries.occasions import occasion_of
from grobunn.juries.protocols.excerpt import excerpt, hidden_from
from grobunn.juries.queries.members import member_of
from grobunn.juries.queries.results import Results, results_of
from grobunn.juries.services.deciding import decide, send_feedback, write_feedback
from grobunn.juries.states import RELEASED
from grobunn.kernel import permissions
from grobunn.kernel.api.access import needs_scope
from grobunn.kernel.statemachine import NotPossibleNow

_READS = needs_scope("juries:read")
_WRITES = needs_scope("juries:write")


@router.get("/panels/{panel_id}/results", response=ResultsOut, auth=_READS)
def show_results(request: HttpRequest, panel_id: str) -> dict[str, Any]:
    """Results as given and adjusted, without the entries that the caller takes no part in; refused before release."""
    panel = panel_or_404(request, panel_id)
    if panel.state not in RELEASED:
        raise NotPossibleNow(_("Results come here when the chair releases the scores, to everyone at the same moment."))
    results = results_of(panel, member_of(panel, request.user))
    return {
        "ranking": panel.ranking or None,
        "groups": results.found.groups,
        "criteria": [{"code": each.code, "weight": each.weight} for each in results.criteria],
        "entries": _entries(results),
    }


@router.post("/panels/{panel_id}/entries/{entry_id}/decision", response=DecisionOut, auth=_WRITES)
def decide_entry(request: HttpRequest, panel_id: str, entry_id: UUID, sent: DecisionIn) -> Entry:
    """Write the outcome of an entry and its reasons; sent again, nothing happens."""
    entry = entry_or_404(panel_or_404(request, panel_id), entry_id)
    permissions.check("juries.open", request.user, entry)
    if sent.outcome != entry.outcome and not occasion_of(entry.panel).decides_here:
        # The outcome is carried out where the panel meets, or not given: never written here alone.
        raise NotPossibleNow(_("The outcomes of this panel are given where it meets. Its reasons can be written here."))
    return decide(entry, outcome=sent.outcome, reasons=sent.reasons, version=sent.version, actor=request.user)


@router.post("/panels/{panel_id}/entries/{entry_id}/feedback", response=DecisionOut, auth=_WRITES)
def tell_entrant(request: HttpRequest, panel_id: str, entry_id: UUID, sent: FeedbackIn) -> Entry:
    """Keep what an entrant is to be told, or send it."""
    entry = entry_or_404(panel_or_404(request, panel_id), entry_id)
    permissions.check("juries.open", request.user, entry)
    service = send_feedback if sent.send else write_feedback
    return service(entry, feedback=sent.feedback, version=sent.version, actor=request.user)


@router.get("/panels/{panel_id}/protocol", response=ProtocolOut, auth=_READS)
def show_protocol(request: HttpRequest, panel_id: str, edition: int | None = None) -> dict[str, Any]:
    """The signed protocol, the latest edition where none is named. The digest is of its content as canonical JSON."""
    panel = panel_or_404(request, panel_id)
    with scope(municipality=panel.municipality_id):
        editions = Protocol.objects.filter(panel=panel).order_by("edition")
        protocol = (editions.filter(edition=edition) if edition is not None else editions).last()
        if protocol is None:
            raise Http404
        content = excerpt(protocol.content, hidden_from(panel, member_of(panel, request.user), protocol.content))
    is_excerpt = bool(content.get("is_excerpt"))
    return {
        "edition": protocol.edition,
        "signed_at": protocol.signed_at,
        "digest": None if is_excerpt else protocol.digest,
        "is_excerpt": is_excerpt,
        "content": content,
    }


def _entries(results: Results) -> list[dict[str, Any]]:
    low, high = results.found.intervals()
    raw, adjusted = results.raw, results.adjusted
    return [
        {
            "id": entry.id,
            "title": entry.title,
            "scored_by": int(results.counts[row]),
            "mean": _number(raw.results[row]),
            "mean_place": _number(raw.places[row]),
            "spread": _number(results.spread[row]),
            "adjusted": _number(adjusted.results[row]),
            "adjusted_place": _number(adjusted.places[row]),
            "standard_error": _number(results.found.errors[row]),
            "interval": [_number(low[row]), _number(high[row])],
            "wins_raw": _number(raw.stability.first[row]),
            "wins_adjusted": _number(adjusted.stability.first[row]),
            "group": int(results.found.entry_groups[row]),
        }
        for row, entry in enumerate(results.entries)
    ]


def _number(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), 4)
