"""Charts: drawn without script, in the page's colours, kept by content, and never without their table."""

import json
import subprocess
import sys

import pytest
from django.core.cache import caches
from django.template.loader import render_to_string

from grobunn.ui.charts import Bar, Cell, Chart, Heading, Part, Series, Table, bars, columns, drawing, png, stacked

ROWS = [
    Bar("Hjemmetjenesten øst", 52, "52 av 40", 40, is_over=True),
    Bar("Skole", 20, "20 av 45", 45),
    Bar("Skole", 1, "1 av 45", 45),
]
TABLE = Table(
    caption="Timer",
    headings=[Heading("Enhet"), Heading("Timer", is_number=True)],
    rows=[[Cell(row.label), Cell(row.words, url="/liste/", mark="over" if row.is_over else "")] for row in ROWS],
)


@pytest.fixture(autouse=True)
def nothing_kept(db: None) -> None:
    caches["process"].clear()
    caches["default"].clear()


def chart() -> Chart:
    return Chart("last", "Last", "To av tre har plass.", bars(ROWS), bars(ROWS, is_narrow=True), TABLE)


@pytest.mark.parametrize("is_narrow", [False, True])
def test_drawing_has_no_script_no_style_and_only_the_pages_colours(is_narrow: bool) -> None:
    parts = [Series("Skole", [Part("Få", 1), Part("Mange", 2)], "3")]

    for spec in (
        bars(ROWS, is_narrow=is_narrow),
        columns(ROWS, is_narrow=is_narrow),
        stacked(parts, series=("Få", "Mange"), is_narrow=is_narrow),
    ):
        drawn = drawing.svg(spec)
        assert drawn.startswith('<svg aria-hidden="true"')
        assert "style=" not in drawn
        assert "<script" not in drawn
        assert 'fill="#' not in drawn
        assert "var(--gb-chart-" in drawn


@pytest.mark.parametrize("is_narrow", [False, True])
def test_bars_say_their_words(is_narrow: bool) -> None:
    parts = [Series("Skole", [Part("Få", 1), Part("Mange", 2)], "tre i alt")]

    assert ">52 av 40</text>" in drawing.svg(bars(ROWS, is_narrow=is_narrow))
    assert drawing.svg(stacked(parts, series=("Få", "Mange"), is_narrow=is_narrow)).count(">tre i alt</text>") == 1


def test_long_name_and_long_words_stand_whole_on_a_phone_each_on_its_own_line() -> None:
    name, words = "Ideer det ble begynt å arbeide med", "4 500 av 4 240 timer, 260 over"
    long = Bar(name, 4500, words, 4240, is_over=True)

    drawn = drawing.svg(bars([long, *ROWS], is_narrow=True))

    assert f">{name}</text>" in drawn
    assert f">{words}</text>" in drawn
    assert bars([long], is_narrow=True)["height"] > bars(ROWS[1:2], is_narrow=True)["height"]
    assert bars([long])["height"] == bars(ROWS[1:2])["height"]


def test_two_rows_of_one_name_stay_two_bars() -> None:
    assert drawing.svg(bars(ROWS)).count('fill="var(--gb-chart-bar)"') == 2


def test_words_from_people_are_escaped() -> None:
    drawn = drawing.svg(bars([Bar("<script>alert(1)</script>", 1, "<b>", 2)]))

    assert "<script" not in drawn
    assert "<b>" not in drawn


def test_the_same_chart_is_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    first = drawing.svg(bars(ROWS))
    caches["process"].clear()
    monkeypatch.setattr(drawing, "_engine", lambda: pytest.fail("drawn twice"))

    assert drawing.svg(bars(ROWS)) == first


def test_png_is_on_white_in_plain_colours() -> None:
    drawn = png(bars(ROWS))

    assert drawn.startswith(b"\x89PNG")


def test_component_names_the_drawing_and_shows_the_table() -> None:
    html = render_to_string("ui/gallery/_charts.html", {"charts": [chart()]})

    assert html.count('role="img" aria-label="To av tre har plass." aria-describedby="last-table"') == 2
    assert 'id="last-table"' in html
    assert '<a class="ds-link" href="/liste/">52 av 40</a>' in html
    assert "over</span>" in html


def test_the_engine_is_not_loaded_before_a_chart_is_drawn() -> None:
    """Its 75 MB are for processes that draw."""
    code = "import sys, json; import grobunn.ui.charts; print(json.dumps('vl_convert' in sys.modules))"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert json.loads(done.stdout) is False
