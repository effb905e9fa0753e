"""The queue: what somebody owes an answer, overdue first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.cache import caches
from django.db.models import Count, Q, QuerySet

from grobunn.ideas.due import SOON_DAYS
from grobunn.ideas.models import Idea, SavedView
from grobunn.ideas.queries.ideas import held_by
from grobunn.ideas.states import AWAITING_ANSWER, OPEN
from grobunn.kernel import clock, paging
from grobunn.kernel.actors import Actor
from grobunn.organisations.queries import is_adviser

PAGE_SIZE = 25
COUNTS_SECONDS = 10
# The ordering of open ideas begins with the promised date, which every open idea has.
_OPEN_ORDER = ("answer_due_on", "id")
_CLOSED_ORDER = ("-submitted_at", "-id")


@dataclass(frozen=True)
class QueueFilter:
    """What the queue is narrowed to; the address of the page holds the same.

    Takes: state, a state's code or "" for all open ones; due, "overdue" or "soon" or ""; holder, "me" or "";
           kind, a kind's code; unit, a unit's id; words, to be found in title or text.
    """

    state: str = ""
    due: str = ""
    holder: str = ""
    kind: str = ""
    unit: UUID | None = None
    words: str = ""


@dataclass(frozen=True)
class QueueCounts:
    """How many ideas per deadline and per state, for the filter bar."""

    overdue: int
    soon: int
    by_state: Mapping[str, int]

    @property
    def open(self) -> int:
        return sum(count for state, count in self.by_state.items() if state in OPEN)


def queue_of(actor: Actor, *, municipality_id: UUID) -> QuerySet[Idea]:
    """Ideas that an actor may handle: all of them for the adviser, their own for a leader."""
    handled = Idea.objects.filter(municipality_id=municipality_id)
    if is_adviser(actor, municipality_id):
        return handled
    return handled.filter(held_by(actor))


def queue_page(actor: Actor, *, municipality_id: UUID, narrowed: QueueFilter, cursor: str | None) -> paging.Page[Idea]:
    """One page of the queue, in the order of the promised dates.

    Raises: paging.BadCursor.
    """
    ideas = _narrow(queue_of(actor, municipality_id=municipality_id), actor, narrowed)
    order = _OPEN_ORDER if narrowed.state in ("", *OPEN) else _CLOSED_ORDER
    rows = ideas.select_related("holder_unit", "holder", "unit").defer("receipt", "writer_email")
    return paging.page(rows, order=order, size=PAGE_SIZE, cursor=cursor)


def queue_counts(actor: Actor, *, municipality_id: UUID) -> QueueCounts:
    """Counts of the queue, at most ten seconds old."""
    key = f"queue-counts:{municipality_id}:{actor.pk}"
    counted: QueueCounts | None = caches["process"].get(key)
    if counted is None:
        counted = _count(queue_of(actor, municipality_id=municipality_id))
        caches["process"].set(key, counted, COUNTS_SECONDS)
    return counted


def _count(ideas: QuerySet[Idea]) -> QueueCounts:
    today = clock.today()
    soon = today + timedelta(days=SOON_DAYS)
    rows = (
        ideas.order_by()
        .values("state")
        .annotate(
            total=Count("id"),
            overdue=Count("id", filter=Q(state__in=AWAITING_ANSWER, answer_due_on__lt=today)),
            soon=Count("id", filter=Q(state__in=AWAITING_ANSWER, answer_due_on__range=(today, soon))),
        )
    )
    found = list(rows)
    return QueueCounts(
        overdue=sum(row["overdue"] for row in found),
        soon=sum(row["soon"] for row in found),
        by_state={row["state"]: row["total"] for row in found},
    )


def _narrow(ideas: QuerySet[Idea], actor: Actor, narrowed: QueueFilter) -> QuerySet[Idea]:
    conditions: dict[str, Any] = {}
    if narrowed.kind:
        conditions["kind"] = narrowed.kind
    if narrowed.unit is not None:
        conditions["unit_id"] = narrowed.unit
    if narrowed.state:
        conditions["state"] = narrowed.state
    else:
        conditions["state__in"] = list(AWAITING_ANSWER if narrowed.due else OPEN)
    today = clock.today()
    if narrowed.due == "overdue":
        conditions["answer_due_on__lt"] = today
    elif narrowed.due == "soon":
        conditions["answer_due_on__range"] = (today, today + timedelta(days=SOON_DAYS))
    found = ideas.filter(**conditions)
    if narrowed.holder == "me":
        found = found.filter(held_by(actor))
    for word in narrowed.words.split()[:6]:
        found = found.filter(Q(title__icontains=word) | Q(text__icontains=word) | Q(reference__iexact=word))
    return found


def saved_views_of(actor: Actor, *, municipality_id: UUID) -> list[SavedView]:
    """The filters that somebody gave a name, by name."""
    return list(SavedView.objects.filter(municipality_id=municipality_id, user_id=actor.pk).order_by("name"))
