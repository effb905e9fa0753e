"""The one place where notices, mails and choices are read."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.cache import caches
from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django_scopes import scopes_disabled

from grobunn.accounts.models import User
from grobunn.kernel import clock
from grobunn.notifications.addresses import digest_of
from grobunn.notifications.kinds import Delivery, Kind, kind_named, registered
from grobunn.notifications.models import Mail, Notice, Preference, Stop
from grobunn.notifications.states import NEEDS_ATTENTION, UNSENT, MailState
from grobunn.notifications.stops import DIGEST_THREAD
from grobunn.organisations.models import Municipality

UNREAD_SHOWN_AT_MOST = 100
UNREAD_KEPT_SECONDS = 5
STUCK_AFTER = timedelta(hours=1)

# What `unread_of` says, in SQL: the header of every page asks it.
_UNREAD_THREADS = """
SELECT thread_key FROM notifications_notice
 WHERE recipient_id = %(user)s AND read_at IS NULL AND retracted_at IS NULL AND visible_at <= %(now)s
   AND kind = ANY(%(kinds)s)
 LIMIT %(most)s
"""


def inbox_of(user: User) -> QuerySet[Notice]:
    """What a person has been told, in every municipality, read or not."""
    with scopes_disabled():
        return Notice.objects.filter(
            recipient=user, retracted_at__isnull=True, visible_at__lte=clock.now(), kind__in=registered()
        )


def unread_of(user: User) -> QuerySet[Notice]:
    """What a person has been told and not read."""
    return inbox_of(user).filter(read_at__isnull=True)


def notice_for(user: User, notice_id: UUID) -> Notice:
    """One notice of a person's own.

    Raises: Notice.DoesNotExist for another's, too.
    """
    return inbox_of(user).select_related("recipient").get(pk=notice_id)


def unread_count(user: User) -> int:
    """How many unread notices a person has, for the header of every page.

    Returns: at most UNREAD_SHOWN_AT_MOST; up to UNREAD_KEPT_SECONDS old.
    """
    if not user.is_authenticated:
        return 0
    count: int | None = caches["process"].get(_unread_key(user.pk))
    return len(unread_threads(user)) if count is None else count


def unread_threads(user: User) -> list[str]:
    """Keys of the threads of `unread_of` a person, one for each notice; their number is kept for the header.

    Returns: at most UNREAD_SHOWN_AT_MOST.
    """
    wanted: dict[str, Any] = {
        "user": user.pk,
        "kinds": list(registered()),
        "now": clock.now(),
        "most": UNREAD_SHOWN_AT_MOST,
    }
    with connection.cursor() as cursor:
        cursor.execute(_UNREAD_THREADS, wanted)
        keys = [row[0] for row in cursor.fetchall()]
    caches["process"].set(_unread_key(user.pk), len(keys), UNREAD_KEPT_SECONDS)
    return keys


def forget_unread_count(user_id: UUID) -> None:
    """Count anew at the next page; other processes do within UNREAD_KEPT_SECONDS."""
    caches["process"].delete(_unread_key(user_id))


def _unread_key(user_id: UUID) -> str:
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


def is_unwanted(mail: Mail) -> bool:
    """Whether the recipient has turned off or stopped, since it was queued, what a mail carries."""
    if mail.recipient is None:
        return is_address_stopped(mail.to_address, thread_key=mail.thread_key)
    if mail.digest_on is not None:
        return not mail.recipient.is_active or _stops(Q(user=mail.recipient), mail.thread_key)
    return delivery_of(mail.recipient, kind_named(mail.kind), thread_key=mail.thread_key) == Delivery.OFF


def _stops(whose: Q, thread_key: str) -> bool:
    return Stop.objects.filter(whose, thread_key__in=["", thread_key]).exists()


def stops_of(user: User) -> QuerySet[Stop]:
    """What a person has stopped through a link in a mail, the last first."""
    return Stop.objects.filter(user=user).order_by("-at", "-pk")


def last_of_each_thread(user: User) -> dict[str, Notice]:
    """The last notice of each thread that a person has stopped, by the thread's key: what the thread is called."""
    keys = stops_of(user).values("thread_key")
    notices = inbox_of(user).filter(thread_key__in=keys, kind__in=registered())
    return {notice.thread_key: notice for notice in notices.order_by("thread_key", "-id").distinct("thread_key")}


def notices_for_digest(until: datetime) -> QuerySet[Notice]:
    """Notices that wait for a daily mail and came before a moment."""
    with scopes_disabled():
        return Notice.objects.filter(
            delivery=Delivery.DAILY,
            mail__isnull=True,
            read_at__isnull=True,
            retracted_at__isnull=True,
            mail_due_at__lt=until,
            kind__in=registered(),
        )


def people_awaiting_digest(until: datetime) -> list[UUID]:
    """Ids of those whose daily mail would have something to say: active, and not one who stopped it."""
    stopped = Stop.objects.filter(user=OuterRef("recipient"), thread_key__in=["", DIGEST_THREAD])
    waiting = notices_for_digest(until).filter(recipient__is_active=True).exclude(Exists(stopped))
    return list(waiting.values_list("recipient_id", flat=True).distinct())


def language_of(municipality_id: UUID) -> str:
    """Language of a municipality's mails when the recipient chose none."""
    return Municipality.objects.get(pk=municipality_id).language


def mail_backlog() -> int:
    """How many mails are due and not yet with the mail server, for the metrics."""
    with scopes_disabled():
        return Mail.objects.filter(state=MailState.WAITING, due_at__lte=clock.now()).count()


def is_mail_stuck() -> bool:
    """Whether mails have been due for so long that the operator should look: no mail server, or no worker."""
    with scopes_disabled():
        return Mail.objects.filter(state=MailState.WAITING, queued_at__lte=clock.now() - STUCK_AFTER).exists()


def mails_needing_attention() -> QuerySet[Mail]:
    """Mails that were refused, or of which nobody knows whether they were delivered."""
    return all_mails().filter(state__in=NEEDS_ATTENTION)


def all_mails() -> QuerySet[Mail]:
    """Every mail of the installation, for the operator and for demo mode's outbox."""
    with scopes_disabled():
        return Mail.objects.select_related("municipality")
