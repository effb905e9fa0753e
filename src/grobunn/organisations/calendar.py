"""Working days: what an answer promise counts in. Saturdays, Sundays and Norwegian public holidays are not."""

from datetime import date, timedelta
from functools import lru_cache

import holidays

ONE_DAY = timedelta(days=1)
SATURDAY = 5


@lru_cache(maxsize=64)
def public_holidays(year: int) -> frozenset[date]:
    """The public holidays of a year (act on public holidays 1995 § 2, act on 1 and 17 May 1947)."""
    return frozenset(holidays.country_holidays("NO", years=year))


def is_working_day(on: date) -> bool:
    """Whether a municipality's office works on a day."""
    return on.weekday() < SATURDAY and on not in public_holidays(on.year)


def add_working_days(on: date, days: int) -> date:
    """The day that comes a number of working days after a day, which is itself not counted.

    Takes:   days, 0 or more; 0 gives the first working day from `on` onwards.
    Raises:  ValueError if days is negative.
    """
    if days < 0:
        raise ValueError("Working days are counted forwards.")
    day = on if days else on - ONE_DAY
    left = days or 1
    while left:
        day += ONE_DAY
        left -= is_working_day(day)
    return day


def working_days_between(start: date, end: date) -> int:
    """Working days after `start` up to and including `end`; below zero when `end` comes first."""
    if end < start:
        return -working_days_between(end, start)
    span = (end - start).days
    return sum(is_working_day(start + timedelta(days=step)) for step in range(1, span + 1))
