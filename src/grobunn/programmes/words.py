"""When something is, in words of the reader's language."""

from collections.abc import Sequence
from datetime import date

from django.utils import translation
from django.utils.dateformat import format as formatted
from django.utils.translation import gettext as _

from grobunn.ui import dates


def span(first: date, last: date) -> str:
    """Days from the first to the last, such as 3.–4. mars 2027, in as few words as say it."""
    if first == last:
        return dates.day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{_written(first, 'j')}–{dates.day(last)}"
    if first.year == last.year:
        return f"{_written(first, 'j', 'F')} – {dates.day(last)}"
    return f"{dates.day(first)} – {dates.day(last)}"


def when(days: Sequence[date]) -> str:
    """Days of a gathering: a span where they follow each other, else one by one."""
    if not days:
        return _("No days yet")
    if (days[-1] - days[0]).days == len(days) - 1:
        return span(days[0], days[-1])
    return ", ".join([*(_written(day, "j", "F") for day in days[:-1]), dates.day(days[-1])])


def weekday(day: date) -> str:
    """A day with its name, such as onsdag 3. mars."""
    return f"{formatted(day, 'l')} {_written(day, 'j', 'F')}"


def _written(day: date, number: str, month: str = "") -> str:
    """A part of a date: Norwegian has a full stop after the number."""
    dot = "" if translation.get_language() == "en" else "."
    return formatted(day, number) + dot + (f" {formatted(day, month)}" if month else "")
