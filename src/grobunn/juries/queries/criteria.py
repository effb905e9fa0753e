"""Sets of criteria that a municipality can judge by: those that come with Grobunn, and its own."""

from uuid import UUID

from django_scopes import scope

from grobunn.juries.models import CriteriaSet
from grobunn.juries.packaged import KEYS, packaged_criteria
from grobunn.juries.shapes import Criteria, read_criteria


def own_sets(municipality_id: UUID, *, only_offered: bool = False) -> list[CriteriaSet]:
    """The latest edition of each of a municipality's own sets, by name. One SQL."""
    with scope(municipality=municipality_id):
        rows = CriteriaSet.objects.filter(municipality_id=municipality_id).order_by("key", "-edition").distinct("key")
        found = [row for row in rows if row.is_offered or not only_offered]
    return sorted(found, key=lambda row: row.name.casefold())


def criteria_offered(municipality_id: UUID, *, language: str) -> list[Criteria]:
    """What a panel can choose among: the municipality's own, then those that come with Grobunn."""
    own = [read_criteria(row.content, language=language) for row in own_sets(municipality_id, only_offered=True)]
    packaged = [packaged_criteria(key, language) for key in KEYS]
    return [*own, *(each for each in packaged if each is not None)]
