"""Who is who in the demonstration, and when things happened there."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from grobunn.kernel import clock

_AT = time(10, 20)


def moment(days_ago: int) -> datetime:
    """A time of day so many days ago, never ahead of now."""
    day: date = clock.today() - timedelta(days=days_ago)
    return min(timezone.make_aware(datetime.combine(day, _AT)), clock.now())
