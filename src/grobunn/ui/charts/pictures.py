"""A chart of a page as a picture for slides: the page's own address, asked for one of its charts."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.utils.text import slugify

from grobunn.ui.charts import drawing
from grobunn.ui.charts.colours import TEXT
from grobunn.ui.charts.made import Chart

_ASKED = "bilde"


def with_picture(chart: Chart, request: HttpRequest) -> Chart:
    """The chart with a link to its picture: the same page as it is narrowed now."""
    query = request.GET.copy()
    query[_ASKED] = chart.key
    return replace(chart, picture_url=f"?{query.urlencode()}")


def picture_asked(request: HttpRequest, *charts: Chart) -> HttpResponse | None:
    """The picture that the address asks for; None where it asks for none of these charts."""
    chart = next((each for each in charts if each.key == request.GET.get(_ASKED)), None)
    if chart is None:
        return None
    title = {"text": chart.title, "anchor": "start", "fontSize": 16, "color": TEXT, "offset": 18}
    response = HttpResponse(drawing.png({**chart.wide, "title": title}), content_type="image/png")
    response["Content-Disposition"] = f'attachment; filename="{slugify(chart.title)[:80] or chart.key}.png"'
    response["Cache-Control"] = "private, no-store"
    return response
