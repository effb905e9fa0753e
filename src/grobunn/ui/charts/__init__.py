"""Charts, drawn on the server and never without their table: what a feature asks for."""

from grobunn.ui.charts.drawing import png
from grobunn.ui.charts.intervals import Interval, intervals
from grobunn.ui.charts.made import Chart
from grobunn.ui.charts.pictures import picture_asked, with_picture
from grobunn.ui.charts.specs import Bar, Part, Series, bars, columns, stacked
from grobunn.ui.charts.tables import Cell, Heading, Table

__all__ = [
    "Bar",
    "Cell",
    "Chart",
    "Heading",
    "Interval",
    "Part",
    "Series",
    "Table",
    "bars",
    "columns",
    "intervals",
    "picture_asked",
    "png",
    "stacked",
    "with_picture",
]
