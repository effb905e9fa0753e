"""The timeline: what holds how much of what in which quarter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet, Sum
from django_scopes import scopes_disabled

from grobunn.capacity.models import Reservation
from grobunn.capacity.quarters import Quarter, quarters_from
from grobunn.initiatives.models import Initiative
from grobunn.initiatives.states import UNFINISHED
from grobunn.kernel import paging

SHOWN_QUARTERS = 8
PAGE_SIZE = 40
_ORDER = ("first_quarter_on", "title", "id")


@dataclass(frozen=True)
class Held:
    """So much of a kind of help in a quarter."""

    kind: str
    amount: Decimal


@dataclass(frozen=True)
class Timeline:
    """A page of initiatives, and what each holds by quarter."""

    quarters: tuple[Quarter, ...]
    page: paging.Page[Any]
    held: Mapping[tuple[UUID, Quarter], Sequence[Held]]


def timeline(rows: QuerySet[Initiative], *, first: Quarter, cursor: str | None) -> Timeline:
    """What is unfinished and holds capacity in the quarters that are shown, the earliest first; two SQL.

    Raises: paging.BadCursor.
    """
    quarters = tuple(quarters_from(first, SHOWN_QUARTERS))
    with scopes_disabled():
        held = Reservation.objects.filter(quarter_on__gte=quarters[0].first_day, quarter_on__lte=quarters[-1].first_day)
        holding = rows.filter(
            Exists(held.filter(claim_id=OuterRef("pk"))), state__in=[state.value for state in UNFINISHED]
        )
        shown = holding.annotate(unit_name=F("unit__name")).defer("summary", "tried", "learned", "hypothesis")
        page = paging.page(shown, order=_ORDER, size=PAGE_SIZE, cursor=cursor)
        ids = [each.pk for each in page.rows]
        sums = held.filter(claim_id__in=ids).values_list("claim_id", "quarter_on", "source__kind")
        by_place: dict[tuple[UUID, Quarter], list[Held]] = {}
        for claim_id, quarter_on, kind, total in sums.annotate(Sum("amount")).order_by("source__kind"):
            by_place.setdefault((claim_id, Quarter.of(quarter_on)), []).append(Held(kind, total))
    return Timeline(quarters=quarters, page=page, held=by_place)
