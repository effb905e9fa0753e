"""A chart of estimates: each as a dot with the interval that it may lie in, and, hollow, another value of the same."""

from collections.abc import Sequence
from dataclasses import dataclass

from grobunn.ui.charts.colours import BAR, GRID, LIMIT, QUIET
from grobunn.ui.charts.specs import Specs, rows_of, whole_of, words_of


@dataclass(frozen=True)
class Interval:
    """One estimate. Takes: words, as they are written beside it; low and high, None where it is not known; other."""

    label: str
    value: float
    words: str
    low: float | None = None
    high: float | None = None
    other: float | None = None


def intervals(rows: Sequence[Interval], *, lowest: float, highest: float, is_narrow: bool = False) -> Specs:
    """Estimates under each other on one scale. Takes: lowest and highest, the ends of the scale."""
    values = rows_of(rows)
    grid = {"title": None, "gridColor": GRID, "grid": True, "ticks": False, "domain": False}
    axis = None if is_narrow else {**grid, "tickMinStep": 1, "format": "d"}
    x = {"type": "quantitative", "scale": {"domain": [lowest, highest], "clamp": True}, "axis": axis}
    layers: list[Specs] = [
        {
            "mark": {"type": "rule", "strokeWidth": 8, "color": QUIET, "strokeCap": "round"},
            "transform": [{"filter": "isValid(datum.low)"}],
            "encoding": {"x": {"field": "low", **x}, "x2": {"field": "high"}},
        },
        {
            "mark": {"type": "point", "shape": "circle", "size": 90, "color": LIMIT, "filled": False, "strokeWidth": 2},
            "transform": [{"filter": "isValid(datum.other)"}],
            "encoding": {"x": {"field": "other", **x}},
        },
        {
            "mark": {"type": "point", "shape": "circle", "size": 90, "color": BAR, "filled": True, "opacity": 1},
            "encoding": {"x": {"field": "value", **x}},
        },
        *words_of(values, is_narrow=is_narrow),
    ]
    return whole_of(values, count=len(rows), layers=layers, is_narrow=is_narrow)
