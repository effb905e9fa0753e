"""Stop mails for good, and start them again: what the link in a mail and the settings page do."""

from django.db import transaction
from django.db.models import Q

from grobunn.accounts.models import User
from grobunn.notifications.kinds import Delivery
from grobunn.notifications.models import Preference, Stop
from grobunn.notifications.services.choose import choose_deliveries
from grobunn.notifications.stops import Subscription

EVERY_THREAD = ""


def stop_as_offered(subscription: Subscription) -> None:
    """What the mail program's button does: the kind as a whole where it can be turned off, else the thread."""
    if subscription.is_kind_stoppable:
        stop_kind(subscription)
    else:
        stop_thread(subscription)


def stop_kind(subscription: Subscription) -> None:
    """No more mail of a kind to a user. Effects: row."""
    user = _user_of(subscription)
    if user is not None:
        choose_deliveries(user, {subscription.kind: Delivery.OFF})


def stop_thread(subscription: Subscription) -> None:
    """No more mail about a thread. Effects: row."""
    _stop(subscription, subscription.thread_key)


def stop_everything(subscription: Subscription) -> None:
    """No more mail at all. Effects: row."""
    _stop(subscription, EVERY_THREAD)


def start_again(subscription: Subscription) -> None:
    """Take back every stop that a link can make. Effects: rows."""
    whose = Q(user=subscription.user_id, address_digest=subscription.address_digest)
    with transaction.atomic():
        Stop.objects.filter(whose, thread_key__in=[EVERY_THREAD, subscription.thread_key]).delete()
        user = _user_of(subscription)
        if user is not None:
            Preference.objects.filter(user=user, kind=subscription.kind, delivery=Delivery.OFF).delete()


def start_thread_again(stop: Stop) -> None:
    """Take back one stop. Effects: row."""
    stop.delete()


def _stop(subscription: Subscription, thread_key: str) -> None:
    user = _user_of(subscription)
    if user is None and not subscription.address_digest:
        return  # The account is gone, and its mails with it.
    stop = Stop(user=user, address_digest=subscription.address_digest, thread_key=thread_key)
    Stop.objects.bulk_create([stop], ignore_conflicts=True)


def _user_of(subscription: Subscription) -> User | None:
    return User.objects.filter(pk=subscription.user_id).first() if subscription.user_id is not None else None
