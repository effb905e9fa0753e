"""The list of results: its rows, its chart with the table, and the file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grobunn.juries.models import Panel
from grobunn.juries.queries.results import Results
from grobunn.juries.shown.numbers import figure, places, share, span, whole
from grobunn.juries.states import Ranking
from grobunn.ui.charts import Cell, Chart, Heading, Interval, Table, intervals

# As many as a page of results shows.
PAGE_SIZE = 25
HEADS = (
    gettext_lazy("Entry"),
    gettext_lazy("Place by the mean"),
    gettext_lazy("Mean"),
    gettext_lazy("Place, adjusted"),
    gettext_lazy("Adjusted"),
    gettext_lazy("Lowest, 95 %"),
    gettext_lazy("Highest, 95 %"),
    gettext_lazy("Spread"),
    gettext_lazy("Scored by"),
    gettext_lazy("Wins, of draws"),
    gettext_lazy("Lowest place, 90 %"),
    gettext_lazy("Highest place, 90 %"),
)


@dataclass(frozen=True)
class Line:
    """An entry in the list, in figures as they are written."""

    entry_id: UUID
    title: str
    raw_place: str
    mean: str
    adjusted_place: str
    adjusted: str
    interval: str
    spread: str
    scored_by: str
    wins: str
    places: str


def lines(results: Results, *, ranking: str, begin: int, size: int) -> list[Line]:
    """Some lines of the list. Takes: ranking, the order they stand in; begin, from 0."""
    low, high = results.found.intervals()
    order = results.order(ranking)
    sure = order.stability
    return [
        Line(
            entry_id=results.entries[row].id,
            title=results.entries[row].title,
            raw_place=whole(results.raw.places[row]),
            mean=figure(results.raw.results[row]),
            adjusted_place=whole(results.adjusted.places[row]),
            adjusted=figure(results.adjusted.results[row]),
            interval=span(low[row], high[row]),
            spread=figure(results.spread[row]),
            scored_by=str(results.counts[row]),
            wins=share(sure.first[row]),
            places=places(sure.lowest[row], sure.highest[row]),
        )
        for row in order.sequence[begin : begin + size]
    ]


def chart_of(
    panel: Panel, results: Results, shown: Sequence[Line], urls: dict[UUID, str], *, ranking: str
) -> Chart | None:
    """Adjusted estimates with their intervals, the mean hollow beside; its table is the list. None without scores."""
    low, high = results.found.intervals()
    rows = []
    for line in shown:
        row = results.rows[line.entry_id]
        if results.counts[row]:
            known = not np.isnan(low[row])
            rows.append(
                Interval(
                    label=line.title,
                    value=float(results.adjusted.results[row]),
                    words=_("%(adjusted)s (mean %(mean)s)") % {"adjusted": line.adjusted, "mean": line.mean},
                    low=float(low[row]) if known else None,
                    high=float(high[row]) if known else None,
                    other=float(results.raw.results[row]),
                )
            )
    if not rows:
        return None
    lowest = min(criterion.lowest for criterion in results.criteria)
    highest = max(criterion.highest for criterion in results.criteria)
    return Chart(
        key="results",
        title=_("Results"),
        says=_(
            "Each entry's adjusted result with the interval that it may lie in, and its mean. The table says the same."
        ),
        wide=intervals(rows, lowest=lowest, highest=highest),
        narrow=intervals(rows, lowest=lowest, highest=highest, is_narrow=True),
        table=_table(shown, urls, ranking=ranking),
    )


def _table(shown: Sequence[Line], urls: dict[UUID, str], *, ranking: str) -> Table:
    by_mean = ranking != Ranking.ADJUSTED
    return Table(
        caption=_("In the order of the mean as given") if by_mean else _("In the order of the adjusted results"),
        headings=[
            Heading(_("Entry")),
            Heading(_("Place by the mean"), is_number=True),
            Heading(_("Mean"), is_number=True),
            Heading(_("Place, adjusted"), is_number=True),
            Heading(_("Adjusted"), is_number=True),
            Heading(_("95 % interval"), is_number=True),
            Heading(_("Spread"), is_number=True),
            Heading(_("Scored by"), is_number=True),
            Heading(_("Wins, of draws"), is_number=True),
            Heading(_("Places"), is_number=True),
        ],
        rows=[
            [
                Cell(line.title, url=urls[line.entry_id]),
                Cell(line.raw_place),
                Cell(line.mean),
                Cell(line.adjusted_place),
                Cell(line.adjusted),
                Cell(line.interval),
                Cell(line.spread),
                Cell(line.scored_by),
                Cell(line.wins),
                Cell(line.places),
            ]
            for line in shown
        ],
    )


def file_rows(results: Results, *, ranking: str) -> Iterator[list[Any]]:
    """The whole list as cells under HEADS: numbers as numbers, nothing about any juror."""
    low, high = results.found.intervals()
    order = results.order(ranking)
    for row in order.sequence:
        yield [
            results.entries[row].title,
            _number(results.raw.places[row]),
            _number(results.raw.results[row]),
            _number(results.adjusted.places[row]),
            _number(results.adjusted.results[row]),
            _number(low[row]),
            _number(high[row]),
            _number(results.spread[row]),
            int(results.counts[row]),
            _number(order.stability.first[row]),
            _number(order.stability.lowest[row]),
            _number(order.stability.highest[row]),
        ]


def _number(value: float) -> float | str:
    return "" if np.isnan(value) else round(float(value), 4)
