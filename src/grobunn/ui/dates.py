"""Days and moments as people write them: Django's formats for English are American, and nynorsk wants its own words."""

from datetime import date, datetime, time

from django.utils import translation
from django.utils.dateformat import format as formatted
from django.utils.timezone import localtime


def from_iso(text: str) -> date | datetime | time | None:
    """A day, a moment or a time of day as JSON carries it, in notices for example; None for ""."""
    if not text:
        return None
    if "T" in text:
        return datetime.fromisoformat(text)
    return time.fromisoformat(text) if ":" in text else date.fromisoformat(text)


def day(value: date | datetime | None) -> str:
    """A day in full, such as 22. november 2026; "" for none."""
    if value is None or value == "":
        return ""
    local = localtime(value) if isinstance(value, datetime) else value
    return formatted(local, "j F Y" if translation.get_language() == "en" else "j. F Y")


def month(value: date | datetime | None) -> str:
    """A month and its year, such as november 2026; "" for none."""
    if value is None or value == "":
        return ""
    return formatted(localtime(value) if isinstance(value, datetime) else value, "F Y")


def time_of_day(value: time | datetime | None) -> str:
    """A time of day, such as 09.00; "" for none."""
    if value is None or value == "":
        return ""
    local = localtime(value) if isinstance(value, datetime) else value
    return formatted(local, "H:i" if translation.get_language() == "en" else "H.i")


def moment(value: datetime | None) -> str:
    """A day and a time of day, such as 22. november 2026 kl. 14.05; "" for none."""
    if value is None or value == "":
        return ""
    clock = formatted(localtime(value), "H:i" if translation.get_language() == "en" else r"\k\l. H.i")
    return f"{day(value)} {clock}"
