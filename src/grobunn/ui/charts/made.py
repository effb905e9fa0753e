"""A chart as a page shows it: a name, a drawing for each width, and its table."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from grobunn.ui.charts import drawing
from grobunn.ui.charts.tables import Table
from grobunn.ui.kept import kept

Spec = Mapping[str, Any]


@dataclass(frozen=True)
class TablePart:
    """What the table's template shows. Takes: key, of the chart: its drawing says where its numbers stand."""

    key: str
    table: Table


@dataclass(frozen=True)
class Chart:
    """What `<c-chart>` shows.

    Takes: key, its id in the page; says, what the drawing shows in a sentence, for whoever hears it; wide and narrow,
           Vega-Lite specifications for a desktop and for a phone (`specs.py` makes both); picture_url, where it is
           given as a PNG, "" where it is not.
    """

    key: str
    title: str
    says: str
    wide: Spec
    narrow: Spec
    table: Table
    picture_url: str = ""

    @property
    def table_part(self) -> SafeString:
        """The table: numbers and their addresses, so that the same table is written once."""
        return kept("ui/_chart_table.html", TablePart(self.key, self.table))

    @property
    def svg_wide(self) -> SafeString:
        """The drawing for a desktop."""
        return drawing.svg(self.wide)

    @property
    def svg_narrow(self) -> SafeString:
        """The drawing for a phone: the same numbers, with names above the bars."""
        return drawing.svg(self.narrow)
