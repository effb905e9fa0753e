"""The log of decisions: the steps of initiatives that are decisions, as the history has them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django_scopes import scopes_disabled

from grobunn.ideas.queries.life import holder_phrase
from grobunn.initiatives.models import Initiative
from grobunn.initiatives.queries.initiatives import initiatives_of
from grobunn.initiatives.states import DECISIONS, MACHINE
from grobunn.kernel import paging
from grobunn.kernel.actors import Actor
from grobunn.kernel.models import ActorKind, StateChange
from grobunn.methods.queries import method_of
from grobunn.methods.shapes import Method
from grobunn.organisations.queries import descendant_ids

PAGE_SIZE = 25
_ORDER = ("-at", "-id")
_CHUNK = 500

# A method by municipality, key and edition; kept while one list is read.
Methods = Callable[[UUID, str, int | None], Method | None]


@dataclass(frozen=True)
class Decision:
    """One decision. Takes: what, in words; who, the role of whoever decided."""

    initiative: Initiative
    at: datetime
    edge: str
    what: str
    who: str
    reason: str


def decisions_of(initiative: Initiative) -> list[Decision]:
    """What was decided about one initiative, the latest first. One SQL, and one for each own method in it."""
    changes = StateChange.objects.filter(subject_id=initiative.pk, edge__in=DECISIONS).order_by("-id")
    methods = _methods()
    return [_decision(change, initiative, methods) for change in changes]


def decided(
    actor: Actor, *, municipality_id: UUID, unit_id: UUID | None = None, year: int | None = None
) -> QuerySet[StateChange]:
    """Decisions in a municipality about what somebody may see, in no order.

    Takes: unit_id, of a unit that carries the initiatives, with those below it; year, as it was in Norway.
    """
    with scopes_disabled():
        seen = initiatives_of(actor, municipality_id=municipality_id)
        if unit_id is not None:
            below = descendant_ids([unit_id], municipality_id=municipality_id) | {unit_id}
            seen = seen.filter(unit__in=below)
        changes = StateChange.objects.filter(
            machine=MACHINE.name,
            municipality_id=municipality_id,
            edge__in=DECISIONS,
            subject_id__in=seen.order_by().values("pk"),
        )
        return changes if year is None else changes.filter(at__year=year)


def decisions_page(changes: QuerySet[StateChange], *, cursor: str | None = None) -> paging.Page[StateChange]:
    """One page of the log, the latest first. Raises: paging.BadCursor."""
    return paging.page(changes, order=_ORDER, size=PAGE_SIZE, cursor=cursor)


def told(changes: Iterable[StateChange]) -> list[Decision]:
    """Decisions in words, in their order. One SQL for the initiatives, and one for each own method."""
    rows = list(changes)
    with scopes_disabled():
        found = Initiative.objects.filter(pk__in={row.subject_id for row in rows})
        initiatives = {each.pk: each for each in found.select_related("unit", "municipality")}
    methods = _methods()
    return [_decision(row, initiatives[row.subject_id], methods) for row in rows if row.subject_id in initiatives]


def told_in_chunks(changes: QuerySet[StateChange]) -> Iterator[Decision]:
    """The whole log in words, for a file: the latest first, without holding it all in memory."""
    chunk: list[StateChange] = []
    for row in changes.order_by(*_ORDER).iterator(chunk_size=_CHUNK):
        chunk.append(row)
        if len(chunk) == _CHUNK:
            yield from told(chunk)
            chunk = []
    yield from told(chunk)


def years_with_decisions(municipality_id: UUID) -> list[int]:
    """The years in which something was decided, the latest first. One SQL."""
    rows = StateChange.objects.filter(machine=MACHINE.name, municipality_id=municipality_id, edge__in=DECISIONS)
    return [at.year for at in rows.datetimes("at", "year", order="DESC")]


def _methods() -> Methods:
    return cache(lambda municipality_id, key, edition: method_of(municipality_id, key, edition=edition))


def _decision(change: StateChange, initiative: Initiative, methods: Methods) -> Decision:
    say = _SENTENCES.get(change.edge)
    return Decision(
        initiative=initiative,
        at=change.at,
        edge=change.edge,
        what=say(change, methods) if say else str(MACHINE.by_name[change.edge].label),
        who=_who(change),
        reason=change.reason,
    )


def _who(change: StateChange) -> str:
    if change.actor_kind == ActorKind.SYSTEM:
        return "Grobunn"
    role = change.data.get("by", "")
    return capfirst(holder_phrase(role, change.data.get("by_unit", ""))) if role else ""


def _gate(change: StateChange, methods: Methods) -> str:
    """The gate's name in the reader's language; its key where the method is gone."""
    data: Mapping[str, Any] = change.data
    method = methods(change.municipality_id, data.get("method", ""), data.get("edition"))
    phase = method.phase(data.get("phase", "")) if method else None
    return phase.gate.name if phase and phase.gate else str(data.get("gate", "")).upper()


def _passed(change: StateChange, methods: Methods) -> str:
    return _("%(gate)s – go on") % {"gate": _gate(change, methods)}


def _sent_back(change: StateChange, methods: Methods) -> str:
    return _("%(gate)s – not yet") % {"gate": _gate(change, methods)}


def _switched(change: StateChange, methods: Methods) -> str:
    key = change.data.get("to_method", "")
    method = methods(change.municipality_id, key, change.data.get("to_edition"))
    return _("Works by %(method)s from now on") % {"method": method.name if method else key}


_SENTENCES: Mapping[str, Callable[[StateChange, Methods], str]] = {
    "create": lambda _change, _methods: pgettext("initiative", "Work begins"),
    "pass_gate": _passed,
    "send_back": _sent_back,
    "switch_method": _switched,
}
