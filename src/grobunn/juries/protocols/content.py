"""What a protocol holds, as plain data: codes and ids, figures as text, times in UTC. The same panel gives the same."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from django.db.models import Q
from django_scopes import scope

from grobunn.accounts.models import User
from grobunn.juries.legal import legal_basis
from grobunn.juries.models import (
    Assignment,
    Comparison,
    Conflict,
    Criterion,
    Declaration,
    Entry,
    Member,
    Panel,
    Party,
    StandIn,
    Tap,
)
from grobunn.juries.models.impartiality import ConflictState
from grobunn.juries.occasions import occasion_of
from grobunn.juries.protocols.figures import results_part
from grobunn.juries.queries.results import Results, results_of
from grobunn.juries.states import MACHINE
from grobunn.kernel.actors import Actor
from grobunn.kernel.models import StateChange

FORMAT = 1


def content_of(panel: Panel, *, edition: int, signed_by: Actor, signed_at: Any) -> dict[str, Any]:
    """Everything that a protocol states, of the panel as it is now."""
    with scope(municipality=panel.municipality_id):
        results = results_of(panel, None)
        here = Q(entry__panel=panel)
        conflicts = list(Conflict.objects.filter(here).order_by("found_at", "pk"))
        declarations = list(Declaration.objects.filter(here).order_by("declared_at", "pk"))
        steps = list(StateChange.objects.filter(machine=MACHINE.name, subject_id=panel.pk).order_by("id"))
        members = list(Member.objects.filter(panel=panel).select_related("user").order_by("joined_at", "pk"))
        entries = list(Entry.objects.filter(panel=panel).select_related("decided_by").order_by("position", "pk"))
        names = _names({step.actor_id for step in steps} | {each.decided_by_id for each in conflicts})
        kept = {(each.member_id, each.entry_id) for each in conflicts if each.state == ConflictState.CONFIRMED}
        scores = _scores(results)
        content = {
            "format": FORMAT,
            "edition": edition,
            "signed_at": _time(signed_at),
            "signed_by": _name(signed_by),
            "panel": _panel(panel),
            "ranking": _ranking(panel, steps, names),
            "steps": [_step(step, names) for step in steps],
            "legal": _legal(conflicts, declarations),
            "members": [_member(member) for member in members],
            "criteria": [_criterion(each) for each in Criterion.objects.filter(panel=panel)],
            "entries": _entries(panel, entries),
            "declarations": [_declaration(each, kept) for each in declarations],
            "conflicts": [_conflict(each, names) for each in conflicts],
            "stand_ins": _stand_ins(here),
            "assignments": _assignments(here),
            "scores": scores,
            "taps": _taps(here),
            "comparisons": _comparisons(panel),
        }
    its_own = occasion_of(panel).protocol_part(panel)
    if its_own:
        content["occasion"] = dict(its_own)
    content["results"] = results_part(content)
    return content


def _panel(panel: Panel) -> dict[str, Any]:
    return {
        "reference": panel.reference,
        "municipality": panel.municipality.name,
        "name": panel.name,
        "purpose": panel.purpose,
        "occasion": panel.occasion,
        "meets_on": panel.meets_on.isoformat() if panel.meets_on else None,
        "peek": panel.peek,
        "is_pairwise": panel.is_pairwise,
        "is_shared_out": panel.is_shared_out,
        "criteria_set": panel.criteria_set,
        "criteria_edition": panel.criteria_edition,
        "is_synthetic": panel.is_synthetic,
    }


def _ranking(panel: Panel, steps: list[StateChange], names: Mapping[Any, str]) -> dict[str, Any]:
    confirmed = next((step for step in reversed(steps) if step.edge == "confirm_ranking"), None)
    return {
        "which": panel.ranking,
        "reason": confirmed.reason if confirmed else "",
        "by": names.get(confirmed.actor_id, "") if confirmed else "",
        "at": _time(confirmed.at) if confirmed else None,
    }


def _step(step: StateChange, names: Mapping[Any, str]) -> dict[str, Any]:
    return {
        "step": step.edge,
        "from": step.from_state,
        "to": step.to_state,
        "at": _time(step.at),
        "by": names.get(step.actor_id, ""),
        "reason": step.reason,
    }


def _legal(conflicts: list[Conflict], declarations: list[Declaration]) -> dict[str, Any]:
    used = ({each.legal_basis for each in conflicts} | {each.legal_basis for each in declarations}) - {""}
    return {
        key: {
            "name": (basis := legal_basis(key)).name,
            "paragraphs": basis.paragraphs,
            "from_on": basis.from_on.isoformat() if basis.from_on else None,
        }
        for key in sorted(used)
    }


def _member(member: Member) -> dict[str, Any]:
    return {
        "id": str(member.pk),
        "name": member.user.name if member.user else "",
        "part": member.part,
        "title": member.title,
        "is_senior": member.is_senior,
        "joined_at": _time(member.joined_at),
        "left_at": _time(member.left_at),
    }


def _criterion(criterion: Criterion) -> dict[str, Any]:
    return {
        "code": criterion.code,
        "name": criterion.name,
        "question": criterion.question,
        "weight": f"{criterion.weight.normalize():f}",
        "levels": criterion.levels,
    }


def _entries(panel: Panel, entries: list[Entry]) -> list[dict[str, Any]]:
    parties: dict[Any, list[dict[str, str]]] = {}
    for party in Party.objects.filter(entry__panel=panel).select_related("user", "unit").order_by("kind", "pk"):
        name = party.user.name if party.user else party.unit.name if party.unit else party.name
        parties.setdefault(party.entry_id, []).append({"kind": party.kind, "name": name})
    return [
        {
            "id": str(entry.pk),
            "title": entry.title,
            "parties": parties.get(entry.pk, []),
            "withdrawn_at": _time(entry.withdrawn_at),
            "outcome": entry.outcome,
            "reasons": entry.reasons,
            "decided_at": _time(entry.decided_at),
            "decided_by": entry.decided_by.name if entry.decided_by else "",
        }
        for entry in entries
    ]


def _declaration(declaration: Declaration, kept: set[tuple[Any, Any]]) -> dict[str, Any]:
    """A declaration; what was written of a relation only where it led to standing aside: the rest goes in time."""
    return {
        "member": str(declaration.member_id),
        "entry": str(declaration.entry_id),
        "ground": declaration.ground,
        "text": declaration.text if (declaration.member_id, declaration.entry_id) in kept else "",
        "legal_basis": declaration.legal_basis,
        "declared_at": _time(declaration.declared_at),
    }


def _conflict(conflict: Conflict, names: Mapping[Any, str]) -> dict[str, Any]:
    return {
        "member": str(conflict.member_id),
        "entry": str(conflict.entry_id),
        "found_by": conflict.found_by,
        "ground": conflict.ground,
        "detail": conflict.detail if conflict.state == ConflictState.CONFIRMED else "",
        "state": conflict.state,
        "reason": conflict.reason,
        "legal_basis": conflict.legal_basis,
        "found_at": _time(conflict.found_at),
        "decided_at": _time(conflict.decided_at),
        "decided_by": names.get(conflict.decided_by_id, ""),
        "taken_by": [str(member_id) for member_id in conflict.taken_by],
    }


def _stand_ins(here: Q) -> list[dict[str, Any]]:
    return [
        {
            "entry": str(each.entry_id),
            "substitute": str(each.substitute_id),
            "instead_of": str(each.instead_of_id),
            "made_at": _time(each.made_at),
        }
        for each in StandIn.objects.filter(here).order_by("made_at", "pk")
    ]


def _assignments(here: Q) -> list[dict[str, Any]]:
    rows = Assignment.objects.filter(here).order_by("entry__position", "member_id")
    return [
        {"entry": str(entry), "member": str(member), "is_bridge": is_bridge}
        for entry, member, is_bridge in rows.values_list("entry_id", "member_id", "is_bridge")
    ]


def _scores(results: Results) -> list[dict[str, Any]]:
    """The figures that count: of members who are impartial for the entry."""
    return [
        {
            "entry": str(results.entries[row].id),
            "member": str(results.juror_ids[juror]),
            "criterion": results.criteria[criterion].code,
            "value": int(results.scores[row, juror, criterion]),
        }
        for row, juror, criterion in np.argwhere(~np.isnan(results.scores))
    ]


def _taps(here: Q) -> list[dict[str, Any]]:
    """Every tap; of a note that it was written, not what it says: notes are the member's own, and go in time."""
    rows = Tap.objects.filter(here).order_by("tapped_at", "received_at", "pk")
    return [
        {
            "id": str(tap.pk),
            "member": str(tap.member_id),
            "entry": str(tap.entry_id),
            "criterion": tap.criterion__code,
            "value": tap.value,
            "is_note": tap.note is not None,
            "tapped_at": _time(tap.tapped_at),
            "received_at": _time(tap.received_at),
            "is_late": tap.is_late,
            "counts": tap.counts,
        }
        for tap in rows.values_list(
            "pk", "member_id", "entry_id", "criterion__code", "value", "note", "tapped_at", "received_at", "is_late",
            "counts", named=True,
        )
    ]  # fmt: skip


def _comparisons(panel: Panel) -> list[dict[str, Any]]:
    rows = Comparison.objects.filter(panel=panel).order_by("made_at", "pk")
    return [
        {
            "member": str(each.member_id),
            "left": str(each.left_id),
            "right": str(each.right_id),
            "better": str(each.better_id) if each.better_id else None,
            "made_at": _time(each.made_at),
            "received_at": _time(each.received_at),
            "counts": each.counts,
        }
        for each in rows
    ]


def _names(ids: set[Any]) -> dict[Any, str]:
    return dict(User.objects.filter(pk__in=ids - {None}).values_list("pk", "name"))


def _name(actor: Any) -> str:
    return str(getattr(actor, "name", ""))


def _time(at: Any) -> str | None:
    return at.isoformat(timespec="seconds").replace("+00:00", "Z") if at else None
