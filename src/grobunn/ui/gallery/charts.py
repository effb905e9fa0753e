"""One chart of each sort, with made-up numbers."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from grobunn.ui.charts import Bar, Cell, Chart, Heading, Part, Series, Table, bars, columns, stacked


def sample_charts() -> list[Chart]:
    """Bars against a limit, columns against a limit, stacked bars."""
    units = [
        Bar(_("Home care East"), 52, _("%(value)s of %(limit)s") % {"value": 52, "limit": 40}, 40, is_over=True),
        Bar(_("Schools"), 20, _("%(value)s of %(limit)s") % {"value": 20, "limit": 45}, 45),
    ]
    quarters = [Bar("2026-4", 40, "40", 45), Bar("2027-1", 52, "52", 45, is_over=True), Bar("2027-2", 12, "12", 45)]
    sorts = (_("Few"), _("Some"), _("Many"))
    parts = [Series(unit.label, [Part(sort, 3 + at) for at, sort in enumerate(sorts)], "12") for unit in units]
    return [
        _chart("sample-bars", bars(units), bars(units, is_narrow=True), units),
        _chart("sample-columns", columns(quarters), columns(quarters, is_narrow=True), quarters),
        _chart("sample-stacked", stacked(parts, series=sorts), stacked(parts, series=sorts, is_narrow=True), units),
    ]


def _chart(key: str, wide: dict[str, object], narrow: dict[str, object], rows: list[Bar]) -> Chart:
    return Chart(
        key=key,
        title=_("Hours promised, and what there is"),
        says=_("Home care East has promised more than there is."),
        wide=wide,
        narrow=narrow,
        table=Table(
            caption=_("Hours by unit"),
            headings=[Heading(_("Unit")), Heading(_("Promised"), is_number=True)],
            rows=[
                [
                    Cell(row.label),
                    Cell(str(row.value), url="#charts", mark=pgettext("capacity", "over") if row.is_over else ""),
                ]
                for row in rows
            ],
        ),
    )
