"""The newsletter: asked for, confirmed, sent on Mondays, stopped and forgotten."""

from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from functools import lru_cache, partial
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django_scopes import scope, scopes_disabled

from grobunn.kernel import clock, events
from grobunn.notifications.addresses import digest_of
from grobunn.notifications.queries import is_address_stopped
from grobunn.notifications.services.stop import start_again
from grobunn.notifications.stops import Subscription as Stoppable
from grobunn.organisations.models import Municipality
from grobunn.stories import notices
from grobunn.stories.events import SubscriptionAsked
from grobunn.stories.models import Story, Subscription
from grobunn.stories.queries.newsletter import published_between, subscriptions_to_tell

News = Callable[[UUID, datetime], Sequence[Story]]

_KEPT = 256
SENT_AT = time(7, 0, tzinfo=ZoneInfo("Europe/Oslo"))
CONFIRM_WITHIN = timedelta(days=7)
# Whoever presses twice, or means harm, makes one mail of it.
ASKED_AGAIN_AFTER = timedelta(minutes=10)


def subscribe(municipality: Municipality, *, email: str, language: str) -> None:
    """Ask an address whether it wants the newsletter. The answer is the same whether it has it already or not.

    Effects: row, event; an address that is confirmed is left alone.
    """
    address = email.strip().lower()
    with transaction.atomic():
        subscription, is_new = Subscription.objects.get_or_create(
            municipality=municipality, email=address, defaults={"language": language}
        )
        is_stopped = is_address_stopped(address, thread_key=notices.news_thread(municipality.pk))
        if subscription.confirmed_at is not None and not is_stopped:
            return
        if not is_new:
            if subscription.confirmed_at is None and subscription.asked_at > clock.now() - ASKED_AGAIN_AFTER:
                return
            subscription.asked_at, subscription.language = clock.now(), language
            subscription.confirmed_at = subscription.told_until = None
            subscription.save(update_fields=["asked_at", "language", "confirmed_at", "told_until"])
        events.publish(SubscriptionAsked(subscription_id=subscription.pk, municipality_id=municipality.pk))


def confirm(subscription: Subscription) -> None:
    """Begin to send to an address whose owner has opened the link in the mail; what was stopped before begins again.

    Effects: row.
    """
    now = clock.now()
    thread_key = notices.news_thread(subscription.municipality_id)
    with transaction.atomic():
        open_one = Subscription.objects.filter(pk=subscription.pk, confirmed_at__isnull=True)
        if open_one.update(confirmed_at=now, told_until=now):
            start_again(
                Stoppable(
                    user_id=None,
                    address_digest=digest_of(subscription.email),
                    kind=notices.NEWS.name,
                    thread_key=thread_key,
                )
            )
    subscription.refresh_from_db()


def end_subscription(subscription: Subscription) -> None:
    """Forget a subscription and its address. Effects: row."""
    Subscription.objects.filter(pk=subscription.pk).delete()


def last_monday(now: datetime) -> datetime:
    """The last Monday at seven in Oslo that is not ahead of a moment."""
    today = now.astimezone(SENT_AT.tzinfo)
    monday = datetime.combine(today.date() - timedelta(days=today.weekday()), SENT_AT)
    return monday if monday <= now else monday - timedelta(days=7)


def send_newsletters() -> int:
    """Tell those who have not been told of what went out before Monday. Whoever has nothing new to read gets no mail.

    Returns: how many mails were queued; run again in the same week, none.
    """
    until = last_monday(clock.now())
    with scopes_disabled():
        waiting = list(subscriptions_to_tell(until).select_related("municipality"))
    # Most were told last at the same moment, and are told the same now.
    news = lru_cache(maxsize=_KEPT)(partial(_news, until=until))
    return sum(_tell(subscription, news=news, until=until) for subscription in waiting)


def _news(municipality_id: UUID, since: datetime, *, until: datetime) -> tuple[Story, ...]:
    with scope(municipality=municipality_id):
        return tuple(published_between(municipality_id, since, until))


def _tell(subscription: Subscription, *, news: News, until: datetime) -> bool:
    """One address, once: who sets the mark is who tells."""
    since = subscription.told_until
    if since is None:
        return False
    with scope(municipality=subscription.municipality_id), transaction.atomic():
        mine = Subscription.objects.filter(pk=subscription.pk, told_until=since)
        if not mine.update(told_until=until):
            return False
        stories = news(subscription.municipality_id, since)
        if stories:
            notices.tell_news(subscription, stories, until=until)
        return bool(stories)


def forget_subscriptions() -> int:
    """Forget addresses that were never confirmed, and those whose owners stopped the newsletter. Returns: how many."""
    with scopes_disabled():
        stale = Subscription.objects.filter(confirmed_at__isnull=True, asked_at__lte=clock.now() - CONFIRM_WITHIN)
        forgotten = stale.delete()[0]
        for subscription in Subscription.objects.filter(confirmed_at__isnull=False).iterator():
            thread_key = notices.news_thread(subscription.municipality_id)
            if is_address_stopped(subscription.email, thread_key=thread_key):
                end_subscription(subscription)
                forgotten += 1
    return forgotten
