"""The one place where notices, mails and choices are read."""

from datetime import timedelta
from uuid import UUID

from django.core.cache import caches
from django.db.models import Q, QuerySet
from django_scopes import scopes_disabled

from grobunn.accounts.models import User
from grobunn.kernel import clock
from grobunn.notifications.addresses import digest_of
from grobunn.notifications.kinds import Delivery, Kind
from grobunn.notifications.models import Mail, Notice, Preference, Stop
from grobunn.notifications.states import NEEDS_ATTENTION, UNSENT, MailState
from grobunn.organisations.models import Municipality

UNREAD_SHOWN_AT_MOST = 100
UNREAD_KEPT_SECONDS = 5


def inbox_of(user: User) -> QuerySet[Notice]:
    """What a person has been told, in every municipality that they belong to, read or not."""
    with scopes_disabled():
        return Notice.objects.filter(recipient=user, retracted_at__isnull=True, visible_at__lte=clock.now())


def unread_of(user: User) -> QuerySet[Notice]:
    """What a person has been told and not read."""
    return inbox_of(user).filter(read_at__isnull=True)


def unread_count(user: User) -> int:
    """How many unread notices a person has, for the header of every page.

    Returns: at most UNREAD_SHOWN_AT_MOST; up to UNREAD_KEPT_SECONDS old.
    """
    if not user.is_authenticated:
        return 0
    cache, key = caches["process"], unread_cache_key(user.pk)
    count: int | None = cache.get(key)
    if count is None:
        count = unread_of(user)[:UNREAD_SHOWN_AT_MOST].count()
        cache.set(key, count, UNREAD_KEPT_SECONDS)
    return count


def unread_cache_key(user_id: UUID) -> str:
    """Where a process keeps the count for a few seconds."""
    return f"notifications.unread:{user_id}"


def is_untouched(key: str) -> bool:
    """Whether nothing told under a key has been read or mailed, so that it can still be retracted.

    Runs in the scope of its municipality. A key that is not used yet is untouched.
    """
    touched = Q(read_at__isnull=False) | (Q(mail__isnull=False) & ~Q(mail__state__in=UNSENT))
    return not Notice.objects.filter(touched, key=key).exists()


def delivery_of(user: User, kind: Kind, *, thread_key: str) -> Delivery:
    """When a person gets the mail of a kind about a thread."""
    if not user.is_active or _stops(Q(user=user), thread_key):
        return Delivery.OFF
    chosen = Preference.objects.filter(user=user, kind=kind.name).values_list("delivery", flat=True).first()
    delivery = Delivery(chosen) if chosen else kind.default
    return delivery if delivery in kind.deliveries else kind.default


def deliveries_of(user: User) -> dict[str, Delivery]:
    """What a person chose, by the kind's name; kinds that they left alone are not in it."""
    chosen = Preference.objects.filter(user=user).values_list("kind", "delivery")
    return {kind: Delivery(delivery) for kind, delivery in chosen}


def is_address_stopped(address: str, *, thread_key: str) -> bool:
    """Whether the owner of an address without an account asked for no more mail about a thread."""
    return _stops(Q(address_digest=digest_of(address)), thread_key)


def _stops(whose: Q, thread_key: str) -> bool:
    return Stop.objects.filter(whose, thread_key__in=["", thread_key]).exists()


def language_of(municipality_id: UUID) -> str:
    """Language of a municipality's mails when the recipient chose none."""
    return Municipality.objects.get(pk=municipality_id).language


def mail_backlog() -> int:
    """How many mails should have been on their way by now and are not."""
    with scopes_disabled():
        return Mail.objects.filter(state=MailState.WAITING, due_at__lte=clock.now() - timedelta(minutes=2)).count()


def mails_needing_attention() -> QuerySet[Mail]:
    """Mails that were refused, or of which nobody knows whether they were delivered."""
    with scopes_disabled():
        return Mail.objects.filter(state__in=NEEDS_ATTENTION)
