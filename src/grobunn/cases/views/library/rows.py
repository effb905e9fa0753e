"""The rows of the library, each rendered once for everything that it shows (decisions 0047, 0070)."""

from collections.abc import Sequence

from django.utils.safestring import SafeString

from grobunn.cases.models import Case
from grobunn.cases.queries.listing import SHOWN
from grobunn.ui.kept import kept


def rows_of(cases: Sequence[Case]) -> list[SafeString]:
    """The HTML of some cases as the library lists them; two or more can be compared."""
    return [kept("cases/_library_row.html", _Row(case, may_be_compared=len(cases) > 1)) for case in cases]


class _Row:
    """A row, equal where everything is that it shows."""

    def __init__(self, case: Case, *, may_be_compared: bool) -> None:
        self.case, self.may_be_compared = case, may_be_compared
        names = (case.municipality.name, case.origin.name, case.municipality_id, case.origin_id)
        self._values = (may_be_compared, *names, *(getattr(case, name) for name in SHOWN))

    def __hash__(self) -> int:
        return hash(self._values)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Row) and self._values == other._values
