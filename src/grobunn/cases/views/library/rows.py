"""The rows of the library, each rendered once for everything that it shows (decisions 0047, 0070)."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.template import loader
from django.utils import translation
from django.utils.safestring import SafeString

from grobunn.cases.models import Case
from grobunn.cases.queries.listing import SHOWN

# Some seven hundred bytes each.
_KEPT = 4096


def rows_of(cases: Sequence[Case]) -> list[SafeString]:
    """The HTML of some cases as the library lists them; two or more can be compared."""
    about = (translation.get_language(), len(cases) > 1)
    return [_rendered(_Row(case, about)) for case in cases]


class _Row:
    """A row, equal where everything is that it shows."""

    def __init__(self, case: Case, about: tuple[Any, ...]) -> None:
        self.case, self.may_be_compared = case, about[-1]
        names = (case.municipality.name, case.origin.name, case.municipality_id, case.origin_id)
        self.values = (*about, *names, *(getattr(case, name) for name in SHOWN))

    def __hash__(self) -> int:
        return hash(self.values)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Row) and self.values == other.values


@lru_cache(maxsize=_KEPT)
def _rendered(row: _Row) -> SafeString:
    context = {"case": row.case, "may_be_compared": row.may_be_compared}
    return loader.render_to_string("cases/_library_row.html", context)
