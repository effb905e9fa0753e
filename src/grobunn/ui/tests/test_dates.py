"""Days and times of day, written one way in each language."""

import re
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from django.utils import translation

from grobunn.ui import dates

NOON = datetime(2026, 11, 23, 11, 5, tzinfo=UTC)
_SOURCES = Path(__file__).resolve().parents[2]
# A year alone is the same everywhere.
_OWN_FORMAT = re.compile(r'\|(?:date|time):"(?!Y")')


@pytest.mark.parametrize(
    ("language", "day", "clock", "moment"),
    [
        ("en", "23 November 2026", "09:00", "23 November 2026 12:05"),
        ("nb", "23. november 2026", "09.00", "23. november 2026 kl. 12.05"),
        ("nn", "23. november 2026", "09.00", "23. november 2026 kl. 12.05"),
    ],
)
def test_days_and_times_follow_the_language(language, day, clock, moment):
    with translation.override(language):
        assert dates.day(date(2026, 11, 23)) == day
        assert dates.time_of_day(time(9)) == clock
        assert dates.time_of_day(NOON) == moment[-5:]
        assert dates.moment(NOON) == moment


@pytest.mark.parametrize("value", [date(2026, 11, 23), NOON, time(9, 30)])
def test_what_json_carries_is_read_again(value):
    assert dates.from_iso(value.isoformat()) == value
    assert dates.from_iso("") is None


def test_no_template_writes_days_or_times_its_own_way():
    templates = [path for path in _SOURCES.glob("*/templates/**/*") if path.suffix in (".html", ".txt")]

    own = [path.name for path in templates if _OWN_FORMAT.search(path.read_text(encoding="utf-8"))]

    assert len(templates) > 100
    assert own == []
