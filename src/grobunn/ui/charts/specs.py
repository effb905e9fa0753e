"""Three sorts of charts as Vega-Lite, each for a desktop and for a phone.

Plain JSON rather than Altair (docs/decisions/0057). Words and numbers come ready from the feature, in the reader's
language.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from grobunn.ui.charts.colours import BAR, GRID, LIMIT, OVER, STEPS, SUBTLE, TEXT

Specs = dict[str, Any]

WIDE = 860
NARROW = 312
_FONT = "Inter, sans-serif"
_NAME = "slice(datum.label, 4)"


@dataclass(frozen=True)
class Bar:
    """One value. Takes: words, as it is written beside the bar; limit, what there is; is_over, drawn as too much."""

    label: str
    value: float
    words: str
    limit: float | None = None
    is_over: bool = False


@dataclass(frozen=True)
class Part:
    """A part of a stacked bar."""

    series: str
    value: float


@dataclass(frozen=True)
class Series:
    """A stacked bar: its parts in the order of the legend. Takes: words, as they are written beside it."""

    label: str
    parts: Sequence[Part]
    words: str = ""


def bars(rows: Sequence[Bar], *, is_narrow: bool = False) -> Specs:
    """Values lying under each other, in the order given; where there is a limit it stands across the bar."""
    most = max((max(row.value, row.limit or 0) for row in rows), default=0) or 1
    x = {"type": "quantitative", "scale": {"domain": [0, most * (1.0 if is_narrow else 1.02)]}, "axis": None}
    tone = {"field": "is_over", "scale": {"domain": [False, True], "range": [BAR, OVER]}, "legend": None}
    bar = {"type": "bar", "height": 18, "cornerRadiusEnd": 3}
    layers: list[Specs] = [{"mark": bar, "encoding": {"x": {"field": "value", **x}, "color": tone}}]
    if any(row.limit is not None for row in rows):
        tick = {"type": "tick", "thickness": 3, "size": 22 if is_narrow else 28, "color": LIMIT, "opacity": 1}
        layers.append(
            {
                "mark": tick,
                "transform": [{"filter": "isValid(datum.limit)"}],
                "encoding": {"x": {"field": "limit", **x}},
            }
        )
    values = rows_of(rows)
    layers += words_of(values, is_narrow=is_narrow)
    return whole_of(values, count=len(rows), layers=layers, is_narrow=is_narrow)


def columns(rows: Sequence[Bar], *, is_narrow: bool = False) -> Specs:
    """Values standing beside each other, such as quarters; a limit is a line across each."""
    axis = {"title": None, "labelAngle": 0, "ticks": False, "labelPadding": 8, "domainColor": GRID, "labelExpr": _NAME}
    x = {"field": "row", "type": "nominal", "sort": None, "axis": axis}
    most = max((max(row.value, row.limit or 0) for row in rows), default=0) or 1
    y = {"type": "quantitative", "scale": {"domain": [0, most * 1.12]}, "axis": None}
    tone = {"field": "is_over", "scale": {"domain": [False, True], "range": [BAR, OVER]}, "legend": None}
    size = 34 if is_narrow else 64
    layers: list[Specs] = [
        {
            "mark": {"type": "bar", "width": size, "cornerRadiusEnd": 3},
            "encoding": {"y": {"field": "value", **y}, "color": tone},
        },
        {
            "mark": {"type": "tick", "thickness": 3, "size": size + 14, "color": LIMIT, "opacity": 1},
            "transform": [{"filter": "isValid(datum.limit)"}],
            "encoding": {"y": {"field": "limit", **y}},
        },
        {
            "mark": {"type": "text", "dy": -10, "color": TEXT, "fontSize": 12 if is_narrow else 13},
            "transform": [{"calculate": "max(datum.value, isValid(datum.limit) ? datum.limit : 0)", "as": "top"}],
            "encoding": {"y": {"field": "top", **y}, "text": {"field": "words"}},
        },
    ]
    width = NARROW if is_narrow else WIDE
    return _spec(rows_of(rows), layers, width=width, height=200, x=x)


def stacked(rows: Sequence[Series], *, series: Sequence[str], is_narrow: bool = False) -> Specs:
    """Bars of parts, from little to much; four sorts of parts at most."""
    flat = [
        {
            "row": _row(place, row.label),
            "label": row.label,
            "words": row.words,
            "series": part.series,
            "value": part.value,
            "order": order,
        }
        for place, row in enumerate(rows)
        for order, part in enumerate(row.parts)
    ]
    part_of = {
        "mark": {"type": "bar", "height": 18},
        "encoding": {
            "x": {"field": "value", "type": "quantitative", "axis": None, "stack": "zero"},
            "order": {"field": "order", "type": "quantitative"},
            "color": {
                "field": "series",
                "type": "nominal",
                "sort": None,
                "scale": {"domain": list(series), "range": list(STEPS[-len(series) :])},
                "legend": {"title": None, "orient": "top", "columns": 2 if is_narrow else len(series)},
            },
        },
    }
    layers = [part_of, *words_of(flat, is_narrow=is_narrow)]
    return whole_of(flat, count=len(rows), layers=layers, is_narrow=is_narrow)


def words_of(values: list[Specs], *, is_narrow: bool) -> list[Specs]:
    """The words of each bar: to the right of all bars, or, on a phone, above the bar with its name.

    Where a name and its words do not fit on one line of a phone, the words of all bars have a line of their own.
    """
    said = {"type": "text", "fontSize": 13, "color": TEXT}
    once = [{"filter": "!(datum.order > 0)"}]
    if not is_narrow:
        return [
            {
                "mark": {**said, "align": "left", "x": "width", "dx": 12},
                "transform": once,
                "encoding": {"text": {"field": "words"}},
            }
        ]
    above = {**said, "limit": NARROW, "dy": -20}
    if _needs_two_lines(values):
        named, worded = {"dy": -38}, {"align": "left", "x": 0}
    else:
        named, worded = {}, {"align": "right", "x": "width"}
    return [
        {
            "mark": {**above, "align": "left", "x": 0, "fontWeight": 600, **named},
            "transform": once,
            "encoding": {"text": {"field": "label"}},
        },
        {
            "mark": {**above, "color": SUBTLE, **worded},
            "transform": once,
            "encoding": {"text": {"field": "words"}},
        },
    ]


def _needs_two_lines(values: list[Specs]) -> bool:
    """Whether a name and its words are wider than a phone, by what letters of their size take at most, on average."""
    return any(len(each["label"]) * 7.6 + len(each["words"]) * 7 + 12 > NARROW for each in values)


def whole_of(values: list[Specs], *, count: int, layers: list[Specs], is_narrow: bool) -> Specs:
    """A chart whose rows lie under each other."""
    named = {
        "title": None,
        "ticks": False,
        "domainColor": GRID,
        "labelExpr": _NAME,
        "labelPadding": 10,
        "labelLimit": 300,
    }
    y = {"field": "row", "type": "nominal", "sort": None, "axis": None if is_narrow else named}
    width = NARROW if is_narrow else WIDE - 400
    step = (70 if _needs_two_lines(values) else 54) if is_narrow else 36
    return _spec(values, layers, width=width, height=max(1, count) * step, y=y)


def rows_of(rows: Sequence[Any]) -> list[Specs]:
    """Dataclasses with a label as the values of a chart, in their order."""
    return [{"row": _row(place, row.label), **asdict(row)} for place, row in enumerate(rows)]


def _row(place: int, label: str) -> str:
    """What keeps two rows of one name apart; `_NAME` shows the name alone."""
    return f"{place:04}{label}"


def _spec(values: list[Specs], layers: list[Specs], *, width: int, height: int, **encoding: Specs) -> Specs:
    said = {"labelColor": TEXT, "labelFontSize": 13, "labelFont": _FONT}
    return {
        "data": {"values": values},
        "width": width,
        "height": height,
        "background": None,
        "padding": 2,
        "encoding": encoding,
        "layer": layers,
        "config": {
            "font": _FONT,
            "view": {"stroke": None},
            "axis": {"grid": False, **said},
            "legend": {**said, "symbolType": "square"},
        },
    }
