"""Reads who takes part in a cohort, narrowed by what the address says."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from grobunn.kernel.paging import Page, page
from grobunn.organisations.queries import descendant_ids
from grobunn.programmes.models import Cohort, Enrolment
from grobunn.programmes.states import EnrolmentState

PAGE_SIZE = 50
ORDER = ("name", "id")


@dataclass(frozen=True)
class Narrowed:
    """What a list is narrowed by. Takes: unit_id, with all below it; words, in name, address, organisation."""

    state: str = ""
    unit_id: UUID | None = None
    level: int | None = None
    is_external: bool | None = None
    words: str = ""


def participants(cohort: Cohort, by: Narrowed) -> QuerySet[Enrolment]:
    """Places in a cohort, narrowed."""
    rows = Enrolment.objects.filter(cohort=cohort).select_related("unit", "user")
    if by.state:
        rows = rows.filter(state=by.state)
    if by.unit_id is not None:
        rows = rows.filter(unit__in={by.unit_id, *descendant_ids([by.unit_id], municipality_id=cohort.municipality_id)})
    if by.level is not None:
        rows = rows.filter(leader_level=by.level)
    if by.is_external is not None:
        rows = rows.filter(is_external=by.is_external)
    if by.words:
        told = Q(name__icontains=by.words) | Q(email__icontains=by.words) | Q(organisation__icontains=by.words)
        rows = rows.filter(told)
    return rows


def participants_page(cohort: Cohort, by: Narrowed, *, cursor: str | None) -> Page[Enrolment]:
    """A page of them, by name. Raises: BadCursor."""
    return page(participants(cohort, by), order=ORDER, size=PAGE_SIZE, cursor=cursor)


def counts_of(cohort: Cohort) -> dict[str, int]:
    """How many there are in each state."""
    rows = Enrolment.objects.filter(cohort=cohort).values_list("state").annotate(count=Count("pk")).order_by()
    return {EnrolmentState(state).value: count for state, count in rows}


def rows_of_file(rows: QuerySet[Enrolment]) -> Iterator[list[Any]]:
    """Cells of a file, as `HEADS` of the page names them."""
    for each in rows.order_by(*ORDER).iterator(chunk_size=500):
        unit = each.unit.name if each.unit else ""
        yield [each.name, each.email, unit, each.leader_level, each.organisation, each.get_state_display()]
