"""The rows of the library, each rendered once for everything that it shows (decisions 0047, 0070)."""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.safestring import SafeString

from grobunn.cases.queries.listing import ListedCase
from grobunn.ui.kept import kept


class _Row(NamedTuple):
    case: ListedCase
    may_be_compared: bool


def rows_of(cases: Sequence[ListedCase]) -> list[SafeString]:
    """The HTML of some cases as the library lists them; two or more can be compared."""
    return [kept("cases/_library_row.html", _Row(case, may_be_compared=len(cases) > 1)) for case in cases]
