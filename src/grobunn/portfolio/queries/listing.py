"""The list: every initiative that is asked for, in the order that the reader chose."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db.models import Case, F, IntegerField, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_scopes import scopes_disabled

from grobunn.initiatives.models import Initiative, Signal
from grobunn.kernel import paging
from grobunn.organisations.models import Role
from grobunn.portfolio.ages import days_since
from grobunn.portfolio.columns import IN_SQL, Column
from grobunn.portfolio.queries.board import quarters_held

PAGE_SIZE = 50
NEWEST = "nyeste"
ORDERS: dict[str, tuple[str, ...]] = {
    NEWEST: ("-started_at", "-id"),
    "eldst": ("stage_since", "id"),
    "signal": ("rank", "stage_since", "id"),
    "tittel": ("title", "id"),
    "enhet": ("unit_name", "title", "id"),
}
HEADS = (
    _("Reference"),
    _("Title"),
    _("Unit"),
    _("Stage"),
    _("How it goes"),
    _("In one sentence"),
    _("Owner, as"),
    _("Unit of the owner"),
    _("Hoped-for benefit"),
    _("Method"),
    _("Days in its stage"),
    _("Started"),
    _("Ended"),
    _("First quarter"),
    _("Last quarter"),
    pgettext_lazy("portfolio", "What we learned"),
    _("Synthetic"),
)
_CHUNK = 500


def list_page(rows: QuerySet[Initiative], *, order: str, cursor: str | None) -> paging.Page[Initiative]:
    """A page of the list. Raises: paging.BadCursor."""
    with scopes_disabled():
        return paging.page(_shown(rows), order=ORDERS[order], size=PAGE_SIZE, cursor=cursor)


def _shown(rows: QuerySet[Initiative]) -> QuerySet[Initiative]:
    rank = Case(
        When(signal=Signal.STUCK, then=Value(0)),
        When(signal=Signal.WATCH, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return rows.annotate(column=IN_SQL, rank=rank, unit_name=F("unit__name"), owner_unit_name=F("owner_unit__name"))


def export_rows(rows: QuerySet[Initiative]) -> Iterator[list[Any]]:
    """The cells of each initiative under HEADS, in the reader's language; names of people stay out."""
    yes, no = str(_("yes")), str(_("no"))
    with scopes_disabled():
        batch: list[Initiative] = []
        for initiative in _shown(rows).order_by("-started_at", "-id").iterator(chunk_size=_CHUNK):
            batch.append(initiative)
            if len(batch) == _CHUNK:
                yield from _cells(batch, yes, no)
                batch = []
        yield from _cells(batch, yes, no)


def _cells(batch: list[Initiative], yes: str, no: str) -> Iterator[list[Any]]:
    held: dict[UUID, Any] = quarters_held([each.pk for each in batch])
    for each in batch:
        first, last = held.get(each.pk, ("", ""))
        yield [
            each.reference,
            each.title,
            each.unit_name,  # type: ignore[attr-defined]  # annotated
            str(Column(each.column).label),  # type: ignore[attr-defined]  # annotated
            str(Signal(each.signal).label),
            each.status,
            str(Role(each.owner_role).label),
            each.owner_unit_name,  # type: ignore[attr-defined]  # annotated
            each.hypothesis,
            each.method,
            days_since(each.stage_since) if not each.is_finished else None,
            each.started_at,
            each.ended_at,
            str(first),
            str(last),
            each.learned,
            yes if each.is_synthetic else no,
        ]
