"""Who is who in the demonstration, and when things happened there."""

from datetime import date, datetime, time, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils import timezone
from django_scopes import scopes_disabled

from grobunn.accounts.models import User
from grobunn.kernel import clock

_AT = time(10, 20)


def person(name: str) -> User:
    """Somebody of the demonstration by the beginning of their address."""
    with scopes_disabled():
        return User.objects.get(email=f"{name}@demo.example")


def moment(days_ago: int) -> datetime:
    """A time of day so many days ago, never ahead of now."""
    day: date = clock.today() - timedelta(days=days_ago)
    return min(timezone.make_aware(datetime.combine(day, _AT)), clock.now())


def key_of(kind: str, story_id: str) -> UUID:
    """The key of something of the demonstration: made twice, it is there once."""
    return uuid5(NAMESPACE_URL, f"https://demo.example/{kind}/{story_id}")
