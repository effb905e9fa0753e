"""Cases as lists show them."""

from collections.abc import Sequence
from uuid import UUID

from django_scopes import scopes_disabled

from grobunn.cases.models import Case
from grobunn.cases.states import CaseState
from grobunn.organisations.queries import municipality_by_id

# What lists show of a case itself; whose it is stands beside.
SHOWN = (
    "slug", "title", "lead", "kind", "stage", "language", "one_off_nok", "yearly_nok", "hours", "adoption_count",
    "is_synthetic", "edited_at",
)  # fmt: skip


def listed_cases(ids: Sequence[UUID]) -> list[Case]:
    """Published cases in the order of their ids; what is no longer published is left out. One SQL."""
    if not ids:
        return []
    with scopes_disabled():
        cases = Case.objects.filter(pk__in=ids, state=CaseState.PUBLISHED)
        found = {case.pk: case for case in cases.only(*SHOWN, "municipality_id", "origin_id")}
    # Kept in the process: joined, they were half of what is read.
    ids_of_places = {each for case in found.values() for each in (case.municipality_id, case.origin_id)}
    places = {each: municipality_by_id(each) for each in ids_of_places}
    for case in found.values():
        case.municipality, case.origin = places[case.municipality_id], places[case.origin_id]
    return [found[each] for each in ids if each in found]


def whole_cases(ids: Sequence[UUID]) -> list[Case]:
    """The same with everything that they tell, and their municipalities. One SQL."""
    if not ids:
        return []
    with scopes_disabled():
        cases = Case.objects.filter(pk__in=ids, state=CaseState.PUBLISHED)
        found = {case.pk: case for case in cases.select_related("municipality", "origin")}
    return [found[each] for each in ids if each in found]
