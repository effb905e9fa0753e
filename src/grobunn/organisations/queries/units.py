"""Reads of the tree of units."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django_scopes import scopes_disabled

from grobunn.organisations.models import Unit
from grobunn.organisations.queries.municipalities import norwegian_order

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


@dataclass(frozen=True)
class Branch:
    """A unit in its place in the tree."""

    unit: Unit
    depth: int

    @property
    def indented_name(self) -> str:
        """The name as a list of choices shows it."""
        return f"{'– ' * self.depth}{self.unit.name}"


def unit_tree(municipality_id: UUID, *, with_closed: bool = False) -> list[Branch]:
    """The units in the order of the tree, each followed by those below it; one SQL."""
    with scopes_disabled():
        units = Unit.objects.filter(municipality_id=municipality_id)
        found = list(units if with_closed else units.filter(closed_on__isnull=True))
    known = {unit.pk for unit in found}
    below: dict[UUID | None, list[Unit]] = {}
    for unit in sorted(found, key=lambda each: (norwegian_order(each.name), str(each.pk)), reverse=True):
        below.setdefault(unit.parent_id if unit.parent_id in known else None, []).append(unit)
    tree: list[Branch] = []
    waiting = [(unit, 0) for unit in below.get(None, [])]
    while waiting:
        unit, depth = waiting.pop()
        tree.append(Branch(unit, depth))
        waiting.extend((child, depth + 1) for child in below.get(unit.pk, []))
    return tree


def linked_units(municipality_id: UUID, *, with_closed: bool = False) -> dict[UUID, Unit]:
    """Units by id, each with its parent at hand, so that nobody who walks the tree asks the database; one SQL."""
    units = [branch.unit for branch in unit_tree(municipality_id, with_closed=with_closed)]
    by_id = {unit.pk: unit for unit in units}
    for unit in units:
        unit.parent = by_id.get(unit.parent_id) if unit.parent_id is not None else None
    return by_id


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
