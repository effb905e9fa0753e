"""The queue: what somebody owes an answer, overdue first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Protocol, cast
from uuid import UUID

from django.core.cache import caches
from django.db.models import Count, F, Q, QuerySet

from grobunn.ideas.due import SOON_DAYS
from grobunn.ideas.models import Idea, SavedView
from grobunn.ideas.queries.ideas import held_by
from grobunn.ideas.states import AWAITING_ANSWER, IdeaState
from grobunn.kernel import clock, paging
from grobunn.kernel.actors import Actor
from grobunn.organisations.queries import is_adviser

PAGE_SIZE = 25
COUNTS_SECONDS = 10
# What waits for an answer, or for its writer, has a promised date; an open archive has none, and nobody's queue.
_DATED = AWAITING_ANSWER | {IdeaState.ASKED}
_BY_DATE = ("answer_due_on", "id")
_NEWEST = ("-submitted_at", "-id")


@dataclass(frozen=True)
class QueueFilter:
    """What the queue is narrowed to; the address of the page holds the same.

    Takes: state, a state's code or "" for those that wait for an answer; due, "overdue" or "soon" or ""; holder, "me"
           or ""; kind, a kind's code; unit, a unit's slug or a part of its name; words, to be found in title or text.
    """

    state: str = ""
    due: str = ""
    holder: str = ""
    kind: str = ""
    unit: str = ""
    words: str = ""


@dataclass(frozen=True)
class QueueCounts:
    """How many ideas per deadline and per state."""

    overdue: int
    soon: int
    by_state: Mapping[str, int]

    @property
    def awaiting(self) -> int:
        """Ideas that wait for an answer."""
        return sum(count for state, count in self.by_state.items() if state in AWAITING_ANSWER)


class QueueRow(Protocol):
    """As much of an idea as the list shows; a named tuple, because a page has many."""

    id: UUID
    reference: str
    title: str
    text: str
    state: str
    submitted_at: datetime
    answer_due_on: date | None
    parked_until: date | None
    parked_condition: str
    waits_for: str
    writer_told_late_at: datetime | None
    is_synthetic: bool
    holder_role: str
    unit__name: str | None
    holder_unit__name: str | None
    holder__name: str | None


@dataclass(frozen=True)
class QueuePage:
    """A page of the queue, and the cursors of its neighbours (None where there is none)."""

    rows: list[QueueRow]
    next_cursor: str | None
    previous_cursor: str | None


def queue_of(actor: Actor, *, municipality_id: UUID) -> QuerySet[Idea]:
    """Ideas that an actor may handle: all of them for the adviser, their own for a leader."""
    handled = Idea.objects.filter(municipality_id=municipality_id)
    if is_adviser(actor, municipality_id):
        return handled
    return handled.filter(held_by(actor))


def narrowed_queue(actor: Actor, *, municipality_id: UUID, narrowed: QueueFilter) -> QuerySet[Idea]:
    """The part of somebody's queue that a filter leaves, in the queue's order."""
    ideas = _narrow(queue_of(actor, municipality_id=municipality_id), actor, narrowed)
    return ideas.order_by(*_order(narrowed))


def queue_page(actor: Actor, *, municipality_id: UUID, narrowed: QueueFilter, cursor: str | None) -> QueuePage:
    """One page of the queue, in the order of the promised dates.

    Raises: paging.BadCursor.
    """
    ideas = narrowed_queue(actor, municipality_id=municipality_id, narrowed=narrowed)
    # Paging reads rows by the names of their fields, which these tuples have.
    rows = cast("QuerySet[Idea]", ideas.values_list(*QueueRow.__annotations__, named=True))
    page = paging.page(rows, order=_order(narrowed), size=PAGE_SIZE, cursor=cursor)
    return QueuePage(cast("list[QueueRow]", page.rows), page.next_cursor, page.previous_cursor)


def chosen_ideas(
    actor: Actor, *, municipality_id: UUID, references: Sequence[str] = (), ids: Sequence[UUID] = ()
) -> list[Idea]:
    """Ideas that somebody chose from their queue, by reference or by id, as the services take them, most urgent first.

    What is no longer theirs is left out.
    """
    chosen = queue_of(actor, municipality_id=municipality_id).filter(Q(reference__in=references) | Q(pk__in=ids))
    rows = chosen.select_related("municipality", "holder_unit", "unit", "writer")
    return list(rows.order_by(F("answer_due_on").asc(nulls_last=True), "id"))


def queue_counts(actor: Actor, *, municipality_id: UUID) -> QueueCounts:
    """Counts of the queue, at most ten seconds old."""
    key = f"queue-counts:{municipality_id}:{actor.pk}"
    counted: QueueCounts | None = caches["process"].get(key)
    if counted is None:
        counted = _count(queue_of(actor, municipality_id=municipality_id))
        caches["process"].set(key, counted, COUNTS_SECONDS)
    return counted


def forget_queue_counts(actor: Actor, *, municipality_id: UUID) -> None:
    """Count afresh the next time: somebody who has just answered sees it in the numbers."""
    caches["process"].delete(f"queue-counts:{municipality_id}:{actor.pk}")


def saved_views_of(actor: Actor, *, municipality_id: UUID) -> list[SavedView]:
    """The filters that somebody gave a name, by name."""
    return list(SavedView.objects.filter(municipality_id=municipality_id, user_id=actor.pk).order_by("name"))


def _order(narrowed: QueueFilter) -> tuple[str, str]:
    return _BY_DATE if narrowed.state in ("", *_DATED) else _NEWEST


def _count(ideas: QuerySet[Idea]) -> QueueCounts:
    today = clock.today()
    soon = today + timedelta(days=SOON_DAYS)
    rows = (
        ideas.order_by()
        .values("state")
        .annotate(
            total=Count("id", filter=Q(answer_due_on__isnull=False) | ~Q(state__in=_DATED)),
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
    conditions: dict[str, Any] = {"state": narrowed.state} if narrowed.state else {"state__in": sorted(AWAITING_ANSWER)}
    if narrowed.kind:
        conditions["kind"] = narrowed.kind
    today = clock.today()
    if narrowed.due == "overdue":
        conditions |= {"state__in": sorted(AWAITING_ANSWER), "answer_due_on__lt": today}
    elif narrowed.due == "soon":
        soon = today + timedelta(days=SOON_DAYS)
        conditions |= {"state__in": sorted(AWAITING_ANSWER), "answer_due_on__range": (today, soon)}
    found = ideas.filter(**conditions)
    if _order(narrowed) == _BY_DATE:
        found = found.filter(answer_due_on__isnull=False)
    if narrowed.unit:
        found = found.filter(Q(unit__slug=narrowed.unit) | Q(unit__name__icontains=narrowed.unit))
    if narrowed.holder == "me":
        found = found.filter(held_by(actor))
    for word in narrowed.words.split()[:6]:
        found = found.filter(Q(title__icontains=word) | Q(text__icontains=word) | Q(reference__iexact=word))
    return found
