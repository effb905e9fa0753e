"""The board: how many stand in each column, and the first cards of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, cast
from uuid import UUID

from django.db.models import Case, Count, F, IntegerField, Max, Min, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber
from django_scopes import scopes_disabled

from grobunn.capacity.models import Reservation
from grobunn.capacity.quarters import Quarter
from grobunn.initiatives.models import Initiative, Signal
from grobunn.initiatives.states import UNFINISHED
from grobunn.portfolio.columns import ALWAYS, IN_SQL, Column

# Nobody reads more of a column at once; the rest stands in the list.
MOST_CARDS = 6

# What needs a decision comes first; what has ended comes newest first.
_RANK = Case(
    When(state__in=[state.value for state in UNFINISHED], signal=Signal.STUCK, then=Value(0)),
    When(state__in=[state.value for state in UNFINISHED], signal=Signal.WATCH, then=Value(1)),
    default=Value(2),
    output_field=IntegerField(),
)
_FIELDS = (
    "id",
    "reference",
    "title",
    "signal",
    "status",
    "owner_role",
    "stage_since",
    "state_since",
    "ended_at",
    "first_quarter_on",
    "paused_until",
    "is_owner_asked",
    "is_synthetic",
    "unit__name",
    "column",
)


class CardRow(Protocol):
    """As much of an initiative as a card shows; a named tuple, because a board has many."""

    id: UUID
    reference: str
    title: str
    signal: str
    status: str
    owner_role: str
    stage_since: datetime
    state_since: datetime
    ended_at: datetime | None
    first_quarter_on: Any
    paused_until: Any
    is_owner_asked: bool
    is_synthetic: bool
    unit__name: str
    column: str


@dataclass(frozen=True)
class Standing:
    """A column: how many stand in it, by signal, and the first of them."""

    column: Column
    by_signal: Mapping[str, int]
    cards: Sequence[CardRow]

    @property
    def count(self) -> int:
        return sum(self.by_signal.values())

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.cards)


def standings(rows: QuerySet[Initiative], *, most: int = MOST_CARDS) -> list[Standing]:
    """The columns of the board in their order; two SQL."""
    counts = column_counts(rows)
    placed = rows.annotate(column=IN_SQL).annotate(
        place=Window(
            RowNumber(),
            partition_by=[F("column")],
            order_by=[_RANK.asc(), F("ended_at").desc(nulls_last=True), F("stage_since").asc(), F("id").asc()],
        )
    )
    with scopes_disabled():
        found = cast("list[CardRow]", list(_cards(placed, most)))
    cards: dict[str, list[CardRow]] = {}
    for card in found:
        cards.setdefault(card.column, []).append(card)
    return [
        Standing(column=column, by_signal=counts.get(column, {}), cards=cards.get(column, []))
        for column in Column
        if column in ALWAYS or counts.get(column)
    ]


def _cards(placed: Any, most: int) -> Any:
    return placed.filter(place__lte=most).order_by("column", "place").values_list(*_FIELDS, named=True)


def column_counts(rows: QuerySet[Initiative]) -> dict[str, dict[str, int]]:
    """How many there are by column and signal. One SQL."""
    counts: dict[str, dict[str, int]] = {}
    with scopes_disabled():
        grouped = rows.annotate(column=IN_SQL).values_list("column", "signal").annotate(Count("id")).order_by()
        for column, signal, count in grouped:
            counts.setdefault(column, {})[signal] = count
    return counts


def quarters_held(initiative_ids: Sequence[UUID]) -> dict[UUID, tuple[Quarter, Quarter]]:
    """The first and the last quarter that each holds capacity in. One SQL."""
    if not initiative_ids:
        return {}
    with scopes_disabled():
        held = Reservation.objects.filter(claim_id__in=initiative_ids).values_list("claim_id")
        spans = held.annotate(Min("quarter_on"), Max("quarter_on")).order_by()
        return {claim_id: (Quarter.of(first), Quarter.of(last)) for claim_id, first, last in spans}
