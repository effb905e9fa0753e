"""Reads of the tree of units."""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django_scopes import scopes_disabled

from grobunn.organisations.models import Unit

_ANCESTORS = """
WITH RECURSIVE line(id, parent_id, step) AS (
    SELECT id, parent_id, 0 FROM organisations_unit WHERE id = %s
    UNION ALL
    SELECT above.id, above.parent_id, line.step + 1
    FROM organisations_unit above JOIN line ON above.id = line.parent_id
    WHERE line.step < 50
)
SELECT id FROM line WHERE step > 0 ORDER BY step
"""


def ancestor_ids(unit: Unit) -> list[UUID]:
    """The units above a unit, nearest first; one SQL."""
    with connection.cursor() as cursor:
        cursor.execute(_ANCESTORS, [unit.pk])
        return [row[0] for row in cursor.fetchall()]


def open_units(municipality_id: UUID) -> QuerySet[Unit]:
    """Units of a municipality that are not closed, by name."""
    with scopes_disabled():
        return Unit.objects.filter(municipality_id=municipality_id, closed_on__isnull=True).order_by("name", "id")


def unit_by_slug(municipality_id: UUID, slug: str) -> Unit:
    """A unit by its address inside a municipality, closed ones too. Raises: Unit.DoesNotExist."""
    with scopes_disabled():
        return Unit.objects.get(municipality_id=municipality_id, slug=slug)


def descendant_ids(unit_ids: Iterable[UUID], *, municipality_id: UUID) -> frozenset[UUID]:
    """The units and everything below them; one SQL."""
    with scopes_disabled():
        pairs = list(Unit.objects.filter(municipality_id=municipality_id).values_list("id", "parent_id"))
    children: dict[UUID | None, list[UUID]] = {}
    for unit_id, parent_id in pairs:
        children.setdefault(parent_id, []).append(unit_id)
    found: set[UUID] = set()
    waiting = list(unit_ids)
    while waiting:
        unit_id = waiting.pop()
        if unit_id not in found:
            found.add(unit_id)
            waiting.extend(children.get(unit_id, []))
    return frozenset(found)
