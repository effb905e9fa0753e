"""The two charts of the load, with the table whose every number leads to its rows."""

from collections.abc import Callable, Mapping, Sequence

from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from grobunn.capacity.kinds import Measure
from grobunn.capacity.quarters import Quarter
from grobunn.capacity.words import amount_words
from grobunn.portfolio.queries.loads import Line, Loaded, Sum
from grobunn.ui.charts import Bar, Cell, Chart, Heading, Table, bars, columns

# More bars than these nobody compares; the table has them all.
_MOST_BARS = 16


def unit_chart(loads: Loaded, *, quarter: Quarter, measure: Measure, url: Callable[[str], str]) -> Chart:
    """Units against what there is in a quarter. Takes: url, the address of the rows behind a query."""
    shown = [line for line in loads.lines if line.of(quarter).declared or line.of(quarter).reserved]
    rows = [_bar(name_of(line), line.of(quarter)) for line in shown[:_MOST_BARS]]
    over = [name_of(line) for line in shown if line.of(quarter).over]
    title = _("Load and capacity in %(quarter)s, %(measure)s") % {"quarter": quarter, "measure": measure.label}
    return Chart(
        key="load-by-unit",
        title=title,
        says=f"{title}. {_over_words(over)}",
        wide=bars(rows),
        narrow=bars(rows, is_narrow=True),
        table=_table(loads, url=url, opened={"maal": measure.value, "kvartal": quarter.code}),
    )


def quarter_chart(loads: Loaded, *, measure: str, place: str, url: Callable[[str], str]) -> Chart:
    """All of it together, quarter by quarter. Takes: place, whose it is."""
    rows = [_bar(str(quarter), loads.total(quarter), short=True) for quarter in loads.quarters]
    over = [str(quarter) for quarter in loads.quarters if loads.total(quarter).over]
    title = _("%(place)s, quarter by quarter, %(measure)s") % {"place": place, "measure": measure}
    table = Table(
        caption=_("The line is what there is; the column is what is promised."),
        headings=[
            Heading(_("Quarter")),
            Heading(_("There is"), is_number=True),
            Heading(_("Promised"), is_number=True),
            Heading(_("Left"), is_number=True),
            Heading(_("Too much, source by source"), is_number=True),
        ],
        rows=[_quarter_row(quarter, loads.total(quarter), url=url) for quarter in loads.quarters],
    )
    return Chart(
        key="load-by-quarter",
        title=title,
        says=f"{title}. {_over_words(over)}",
        wide=columns(rows),
        narrow=bars([_bar(str(quarter), loads.total(quarter)) for quarter in loads.quarters], is_narrow=True),
        table=table,
    )


def name_of(line: Line) -> str:
    """A unit's name; of a line that is the opened unit's own, that it is."""
    return _("%(unit)s itself") % {"unit": line.unit.name} if line.is_own else line.unit.name


def _bar(label: str, found: Sum, *, short: bool = False) -> Bar:
    given = {"reserved": amount_words(found.reserved), "declared": amount_words(found.declared)}
    words = _("%(reserved)s of %(declared)s") % given
    if found.over and not short:
        words = _("%(words)s, %(over)s over") % {"words": words, "over": amount_words(found.over)}
    value = f"{given['reserved']} / {given['declared']}" if short else words
    return Bar(label, float(found.reserved), value, float(found.declared), is_over=bool(found.over))


def _table(loads: Loaded, *, url: Callable[[str], str], opened: Mapping[str, str]) -> Table:
    return Table(
        caption=_("Promised of what there is. Each number leads to the sources and to what holds them."),
        headings=[Heading(_("Unit")), *(Heading(str(quarter), is_number=True) for quarter in loads.quarters)],
        rows=[
            [
                Cell(name_of(line), url=f"?{urlencode({**opened, 'enhet': line.unit.slug})}" if line.has_below else ""),
                *(_cell(line, quarter, url=url) for quarter in loads.quarters),
            ]
            for line in loads.lines
        ],
    )


def _cell(line: Line, quarter: Quarter, *, url: Callable[[str], str]) -> Cell:
    found = line.of(quarter)
    if not found.declared and not found.reserved:
        return Cell("–")
    asked = {"enhet": line.unit.slug, "kvartal": quarter.code, **({"egne": "1"} if line.is_own else {})}
    return Cell(
        _("%(reserved)s of %(declared)s")
        % {"reserved": amount_words(found.reserved), "declared": amount_words(found.declared)},
        url=url(urlencode(asked)),
        mark=pgettext("capacity", "over") if found.over else "",
    )


def _quarter_row(quarter: Quarter, found: Sum, *, url: Callable[[str], str]) -> Sequence[Cell]:
    return [
        Cell(str(quarter)),
        Cell(amount_words(found.declared)),
        Cell(amount_words(found.reserved), url=url(urlencode({"kvartal": quarter.code}))),
        Cell(amount_words(found.declared - found.reserved)),
        Cell(amount_words(found.over), mark=pgettext("capacity", "over") if found.over else ""),
    ]


def _over_words(over: Sequence[str]) -> str:
    if not over:
        return _("Nothing is over.")
    return _("Over: %(names)s.") % {"names": ", ".join(over)}
