"""Each way to narrow the library: which rows a value lets through, how many each value leaves, what it is called."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext, pgettext_lazy
from numpy.typing import NDArray

from grobunn.cases.codes import los_name
from grobunn.cases.library import asked
from grobunn.cases.library.columns import (
    ADOPTION_STEPS,
    COST_LIMITS,
    COUNTY_CODES,
    INNOVATION_KINDS,
    KINDS,
    SIZES,
    STAGES,
    UNKNOWN_COST,
    Codes,
    Columns,
    Pairs,
)
from grobunn.cases.models import CaseKind, InnovationKind, Stage
from grobunn.cases.telling import kostra_words, money
from grobunn.organisations.queries import COUNTIES, SizeClass
from grobunn.ui import languages

Rows = NDArray[np.bool_]
Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Facet:
    """One facet.

    Takes: column, the codes of a table; values, what the codes mean, in their order; counts, made of how many rows
           have each code; allowed, the codes that a chosen value lets through; label, of a value.
    """

    name: str
    heading: Any
    column: Callable[[Columns], Codes | Pairs]
    values: Callable[[Columns], Sequence[str]]
    label: Callable[[str], str]
    is_by_count: bool = False

    def mask(self, table: Columns, chosen: Sequence[str]) -> Rows:
        """The rows that any of the chosen values lets through; a value that nobody knows lets none through."""
        values = self.values(table)
        allowed = np.array([value in chosen for value in values], dtype=np.bool_)
        return _rows_with(table, self.column(table), self._spread(allowed))

    def counts(self, table: Columns, rows: Rows) -> dict[str, int]:
        """How many of some rows each value leaves; values that leave none are left out."""
        values = self.values(table)
        found = _counted(self.column(table), rows, len(values) + 1)
        return {value: int(count) for value, count in zip(values, self._summed(found), strict=False) if value and count}

    def _spread(self, allowed: Rows) -> Rows:
        return allowed

    def _summed(self, counts: Counts) -> Counts:
        return counts


class AtMost(Facet):
    """A facet whose value lets everything below it through: each band and those before it."""

    def _spread(self, allowed: Rows) -> Rows:
        # The last two codes are "above every limit" and "unknown": neither is below any limit.
        spread = np.zeros(UNKNOWN_COST + 1, dtype=np.bool_)
        if allowed.any():
            spread[: int(np.flatnonzero(allowed)[-1]) + 1] = True
        return spread

    def _summed(self, counts: Counts) -> Counts:
        return np.cumsum(counts[: len(COST_LIMITS)])


class AtLeast(Facet):
    """A facet whose value lets everything above it through: each step and those after it."""

    def _spread(self, allowed: Rows) -> Rows:
        spread = np.zeros(len(ADOPTION_STEPS) + 1, dtype=np.bool_)
        if allowed.any():
            spread[int(np.flatnonzero(allowed)[0]) + 1 :] = True
        return spread

    def _summed(self, counts: Counts) -> Counts:
        return np.cumsum(counts[::-1])[::-1][1:]


def _rows_with(table: Columns, column: Codes | Pairs, allowed: Rows) -> Rows:
    if not isinstance(column, Pairs):
        return allowed[column]
    rows = np.zeros(len(table), dtype=np.bool_)
    rows[column.rows[allowed[column.codes]]] = True
    return rows


def _counted(column: Codes | Pairs, rows: Rows, length: int) -> Counts:
    if isinstance(column, Pairs):
        return np.bincount(column.codes[rows[column.rows]], minlength=length)
    return np.bincount(column[rows], minlength=length)


def _cost_label(value: str) -> str:
    return str(_("Less than %(amount)s") % {"amount": money(int(value))})


def _adoption_label(value: str) -> str:
    count = int(value)
    return npgettext("adopted by", "At least %(count)d municipality", "At least %(count)d municipalities", count) % {
        "count": count
    }


def _named(labels: Mapping[str, Any]) -> Callable[[str], str]:
    return lambda value: str(labels.get(value, value))


FACETS: Mapping[str, Facet] = {
    facet.name: facet
    for facet in (
        Facet(
            asked.SIZE,
            _("Size of the municipality"),
            lambda table: table.size,
            lambda _table: SIZES,
            _named({each.value: each.label for each in SizeClass}),
        ),
        Facet(
            asked.KOSTRA,
            _("Area (KOSTRA)"),
            lambda table: table.kostra,
            lambda table: table.functions,
            kostra_words,
            is_by_count=True,
        ),
        Facet(
            asked.THEME,
            _("Theme"),
            lambda table: table.theme,
            lambda table: table.themes,
            los_name,
            is_by_count=True,
        ),
        AtMost(
            asked.COST,
            _("Cost to introduce"),
            lambda table: table.cost,
            lambda _table: tuple(map(str, COST_LIMITS)),
            _cost_label,
        ),
        AtLeast(
            asked.ADOPTED,
            pgettext_lazy("facet", "Taken into use by"),
            lambda table: table.adoption_step,
            lambda _table: tuple(map(str, ADOPTION_STEPS)),
            _adoption_label,
        ),
        Facet(
            asked.COUNTY,
            _("County"),
            lambda table: table.county,
            lambda _table: COUNTY_CODES,
            _named(COUNTIES),
            is_by_count=True,
        ),
        Facet(
            asked.KIND,
            _("Did it work?"),
            lambda table: table.kind,
            lambda _table: KINDS,
            _named({each.value: each.label for each in CaseKind}),
        ),
        Facet(
            asked.INNOVATION,
            _("Kind of innovation"),
            lambda table: table.innovation,
            lambda _table: INNOVATION_KINDS,
            _named({each.value: each.label for each in InnovationKind}),
        ),
        Facet(
            asked.STAGE,
            _("How far it has come"),
            lambda table: table.stage,
            lambda _table: STAGES,
            _named({each.value: each.label for each in Stage}),
        ),
        Facet(
            asked.LANGUAGE,
            _("Language"),
            lambda table: table.language,
            lambda table: table.languages,
            _named(languages.OWN_NAMES),
        ),
    )
}
