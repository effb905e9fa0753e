"""Calendars of gatherings (iCalendar, RFC 5545): an entry for each day, which follows when it is moved or cancelled."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from grobunn.kernel import clock
from grobunn.programmes.addresses import gathering_page
from grobunn.programmes.models import Day
from grobunn.programmes.queries.gatherings import Whole

if TYPE_CHECKING:
    from icalendar import Event

CALENDAR_TYPE = "text/calendar; charset=utf-8"
OSLO = ZoneInfo("Europe/Oslo")
# The rules since 1996; RFC 5545 § 3.6.5 wants them in the file, so that no program has to know where Oslo is.
_TIMEZONE = """BEGIN:VTIMEZONE
TZID:Europe/Oslo
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
"""


def calendar_of(name: str, gatherings: Sequence[Whole], *, is_certain: bool = True) -> bytes:
    """Gatherings as a calendar, in the language that is active.

    Takes: is_certain, False for somebody who stands in line.
    """
    from icalendar import Calendar, Timezone  # noqa: PLC0415 -- slow import

    calendar = Calendar()
    calendar.add("prodid", "-//Grobunn//Programmes//NO")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", "Europe/Oslo")
    calendar.add_component(Timezone.from_ical(_TIMEZONE))
    for whole in gatherings:
        for number, day in enumerate(whole.days, start=1):
            calendar.add_component(_event(whole, day, number=number, is_certain=is_certain))
    return calendar.to_ical()


def tag_of(name: str, gatherings: Sequence[Whole], *, is_certain: bool = True) -> str:
    """An ETag: the same as long as the calendar says the same."""
    said = [name, get_language(), is_certain]
    for whole in gatherings:
        its = whole.gathering
        said += [its.pk, its.title, its.place, its.video_url, its.about, its.sequence, its.cancelled_at]
        said += [(day.pk, day.on, day.starts, day.ends) for day in whole.days]
    return f'"{hashlib.sha256(repr(said).encode()).hexdigest()[:32]}"'


def _event(whole: Whole, day: Day, *, number: int, is_certain: bool) -> "Event":
    from icalendar import Event  # noqa: PLC0415 -- slow import

    gathering = whole.gathering
    event = Event()
    event.add("uid", f"{day.pk}@{urlsplit(settings.SITE_URL).hostname or 'grobunn'}")
    event.add("dtstamp", clock.now())
    event.add("sequence", gathering.sequence)
    event.add("dtstart", _at(day, day.starts))
    event.add("dtend", _at(day, day.ends))
    event.add("summary", _summary(whole, number=number))
    event.add("url", settings.SITE_URL + gathering_page(gathering))
    if gathering.place or gathering.video_url:
        event.add("location", gathering.place or gathering.video_url)
    told = [gathering.cancel_reason, gathering.about, gathering.video_url]
    if any(told):
        event.add("description", "\n\n".join(text for text in told if text))
    event.add("status", "CANCELLED" if gathering.cancelled_at else "CONFIRMED" if is_certain else "TENTATIVE")
    return event


def _summary(whole: Whole, *, number: int) -> str:
    title = whole.gathering.title
    if len(whole.days) > 1:
        given = {"title": title, "number": number, "count": len(whole.days)}
        title = _("%(title)s (day %(number)d of %(count)d)") % given
    return _("Cancelled: %(title)s") % {"title": title} if whole.gathering.cancelled_at else title


def _at(day: Day, at: time) -> datetime:
    return datetime.combine(day.on, at, tzinfo=OSLO)
