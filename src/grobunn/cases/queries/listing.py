"""Cases as lists show them."""

from collections.abc import Sequence
from uuid import UUID

from django_scopes import scopes_disabled

from grobunn.cases.models import Case
from grobunn.cases.states import CaseState

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
        named = cases.select_related("municipality", "origin").only(*SHOWN, "municipality__name", "origin__name")
        found = {case.pk: case for case in named}
    return [found[each] for each in ids if each in found]


def whole_cases(ids: Sequence[UUID]) -> list[Case]:
    """The same with everything that they tell, and their municipalities. One SQL."""
    if not ids:
        return []
    with scopes_disabled():
        cases = Case.objects.filter(pk__in=ids, state=CaseState.PUBLISHED)
        found = {case.pk: case for case in cases.select_related("municipality", "origin")}
    return [found[each] for each in ids if each in found]
