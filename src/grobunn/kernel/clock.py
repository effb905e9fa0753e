"""The one clock: tests move it, nothing else asks the machine for the time."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta

from django.utils import timezone

_moved: ContextVar[datetime | None] = ContextVar("moved", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _moved.get() or timezone.now()  # noqa: TID251 -- the one place that asks the machine


def today() -> date:
    """Today's date where the municipalities are."""
    return timezone.localdate(now())


def at(on: date, hour: time) -> datetime:
    """A time of day where the municipalities are, as a moment."""
    return datetime.combine(on, hour, tzinfo=timezone.get_default_timezone())


@contextmanager
def moved_to(moment: datetime) -> Iterator[None]:
    """Hold the clock at a moment, for tests and for trying deadlines."""
    token = _moved.set(moment)
    try:
        yield
    finally:
        _moved.reset(token)


@contextmanager
def moved_by(**duration: float) -> Iterator[None]:
    """Hold the clock a duration from now; takes what `timedelta` takes.

    Days are those of a calendar: the time of day stays where the municipalities are, summer time or not.
    """
    days = timedelta(**{name: duration.pop(name) for name in ("days", "weeks") if name in duration})
    on_the_day = (timezone.localtime(now()) + days).astimezone(UTC)
    with moved_to(on_the_day + timedelta(**duration)):
        yield
