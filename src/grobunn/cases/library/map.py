"""The library on a map: the municipalities that have told something, and those that have taken something into use."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np
from django_scopes import scopes_disabled

from grobunn.cases.library.columns import Columns, Pairs
from grobunn.cases.library.facets import Rows
from grobunn.cases.models import Adoption
from grobunn.cases.states import AdoptionState
from grobunn.organisations.geography import Point, points
from grobunn.organisations.models import Municipality
from grobunn.organisations.queries import COUNTIES, norwegian_order, regions

_KEPT = "in_use"


@dataclass(frozen=True)
class Spot:
    """A municipality on the map and in the table beside it.

    Takes: told, how many cases it looks after; adopted, how many of others' it has in use; point, None where the map
           does not know it.
    """

    name: str
    slug: str
    county: str
    told: int
    adopted: int
    point: Point | None

    @property
    def mark(self) -> str:
        """The shape of its mark."""
        if self.told and self.adopted:
            return "both"
        return "told" if self.told else "adopted"


def spots_of(table: Columns, rows: Rows) -> list[Spot]:
    """Every municipality that has one of some cases or has taken one into use, by name.

    Adoptions are read once for each version of the table; the names with one SQL.
    """
    told = np.bincount(table.keeper[rows], minlength=len(table.municipality_ids))
    in_use = _in_use(table)
    adopted = np.bincount(in_use.codes[rows[in_use.rows]], minlength=len(table.municipality_ids))
    places: list[int] = np.flatnonzero(told + adopted).tolist()
    by_id = {table.municipality_ids[place]: place for place in places}
    return _spots(by_id, told.tolist(), adopted.tolist())


def _spots(by_id: Mapping[UUID, int], told: Sequence[int], adopted: Sequence[int]) -> list[Spot]:
    known, on_map = regions(), points()
    municipalities = Municipality.objects.filter(pk__in=list(by_id)).values_list("id", "name", "slug")
    spots = [
        Spot(
            name=name,
            slug=slug,
            county=COUNTIES.get(known[pk].county, "") if pk in known else "",
            told=told[by_id[pk]],
            adopted=adopted[by_id[pk]],
            point=on_map.get(slug),
        )
        for pk, name, slug in municipalities
    ]
    return sorted(spots, key=lambda spot: norwegian_order(spot.name))


def _in_use(table: Columns) -> Pairs:
    """Who has what in use: the row of the case, the place of the municipality."""
    if _KEPT not in table.kept:
        places = {pk: place for place, pk in enumerate(table.municipality_ids)}
        with scopes_disabled():
            adoptions = Adoption.objects.filter(state=AdoptionState.IN_USE).values_list("case_id", "municipality_id")
            known = [(table.row_of[case], places[by]) for case, by in adoptions if case in table.row_of]
        table.kept[_KEPT] = Pairs(
            rows=np.array([row for row, _place in known], dtype=np.int32),
            codes=np.array([place for _row, place in known], dtype=np.int32),
        )
    kept: Pairs = table.kept[_KEPT]
    return kept
