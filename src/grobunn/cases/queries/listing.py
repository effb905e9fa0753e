"""Cases as lists show them."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from django.db import connection
from django_scopes import scopes_disabled

from grobunn.cases.models import Case
from grobunn.cases.states import CaseState


class ListedCase(NamedTuple):
    """What a list shows of a case. Takes: place, whose it is; origin, who did it, "" where that is the same."""

    id: UUID
    slug: str
    title: str
    lead: str
    kind: str
    stage: str
    language: str
    one_off_nok: int | None
    yearly_nok: int | None
    hours: int | None
    adoption_count: int
    is_synthetic: bool
    place: str
    origin: str


# Composing this from the models costs more than answering it, and so do the models of twenty rows.
_LISTED = """
    SELECT told.id, told.slug, told.title, told.lead, told.kind, told.stage, told.language,
        told.one_off_nok, told.yearly_nok, told.hours, told.adoption_count, told.is_synthetic, keeper.name,
        CASE WHEN origin.id = keeper.id THEN '' ELSE origin.name END
    FROM cases_case AS told
    JOIN organisations_municipality AS keeper ON keeper.id = told.municipality_id
    JOIN organisations_municipality AS origin ON origin.id = told.origin_id
    WHERE told.id = ANY(%s) AND told.state = %s
"""


def listed_cases(ids: Sequence[UUID]) -> list[ListedCase]:
    """Published cases in the order of their ids; what is no longer published is left out. One SQL."""
    if not ids:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_LISTED, [list(ids), CaseState.PUBLISHED.value])
        found = {case.id: case for case in map(ListedCase._make, cursor.fetchall())}
    return [found[each] for each in ids if each in found]


def whole_cases(ids: Sequence[UUID]) -> list[Case]:
    """Published cases with everything that they tell, and their municipalities. One SQL."""
    if not ids:
        return []
    with scopes_disabled():
        cases = Case.objects.filter(pk__in=ids, state=CaseState.PUBLISHED)
        found = {case.pk: case for case in cases.select_related("municipality", "origin")}
    return [found[each] for each in ids if each in found]
