"""Tell somebody something, once."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django_scopes import scope

from grobunn.accounts.models import User
from grobunn.kernel import clock, jobs
from grobunn.notifications import queries
from grobunn.notifications.addresses import ContactPoint
from grobunn.notifications.kinds import Delivery, Kind, kind_named
from grobunn.notifications.models import Mail, Notice

Recipient = User | ContactPoint


@dataclass(frozen=True)
class _Way:
    """How a notice reaches its recipient."""

    user: User | None
    address: str
    language: str
    delivery: Delivery


def notify(
    kind: str,
    *,
    to: Recipient,
    municipality_id: UUID,
    thread_key: str,
    data: Mapping[str, Any],
    url: str,
    key: str,
    not_before: datetime | None = None,
    is_visible_at_once: bool = True,
    sender: User | None = None,
    sender_url: str = "",
    delivery: Delivery | None = None,
) -> Notice:
    """Tell a person, or an address without an account, one thing.

    Takes:   kind, a registered name; thread_key, what keeps mails together ("idea:<id>"); data, JSON for the kind's
             templates (dates arrive there as ISO text); url, path of the page it is about; key, the same key is told
             once, so build it from the event's id and the recipient; not_before, the earliest moment of the mail;
             is_visible_at_once, False keeps the inbox row back until then too; sender, who is told if the mail cannot
             be delivered, and sender_url, where they can do something about it (never the writer's own receipt page);
             delivery, when the recipient wants the mail about this one thing: it holds in place of what they chose for
             the kind, but never against a kind that they turned off or a thread that they stopped.
    Returns: the notice; under a key already used, the one that is there (retracted or not).
    Raises:  UnknownKind.
    Effects: row, perhaps a mail in the queue. No mail where the person turned the kind off or stopped the thread.
    """
    now = clock.now()
    due_at = max(not_before or now, now)
    way = _way(kind_named(kind), to, municipality_id=municipality_id, thread_key=thread_key)
    if delivery is not None and way.delivery != Delivery.OFF:
        way = replace(way, delivery=delivery)
    notice = Notice(
        municipality_id=municipality_id,
        key=key,
        kind=kind,
        recipient=way.user,
        sender=sender,
        sender_url=sender_url,
        thread_key=thread_key,
        data=dict(data),
        url=url,
        delivery=way.delivery,
        mail_due_at=due_at,
        visible_at=now if is_visible_at_once else due_at,
        created_at=now,
    )
    with scope(municipality=municipality_id), transaction.atomic():
        return _told(notice, way)


def _told(notice: Notice, way: _Way) -> Notice:
    mail = _mail_of(notice, way) if way.delivery == Delivery.AT_ONCE else None
    notice.mail_id = mail.pk if mail is not None else None
    Notice.objects.bulk_create([notice], ignore_conflicts=True)
    stored = Notice.objects.get(key=notice.key)
    if stored.pk == notice.pk and mail is not None:
        mail.save(force_insert=True)
        jobs.defer("notifications.send_mails", at=mail.due_at)
    return stored


def _mail_of(notice: Notice, way: _Way) -> Mail:
    return Mail(
        municipality_id=notice.municipality_id,
        recipient=way.user,
        to_address=way.address,
        language=way.language,
        kind=notice.kind,
        thread_key=notice.thread_key,
        due_at=notice.mail_due_at,
        queued_at=notice.mail_due_at,
        state_since=notice.created_at,
    )


def _way(kind: Kind, to: Recipient, *, municipality_id: UUID, thread_key: str) -> _Way:
    if isinstance(to, ContactPoint):
        is_stopped = queries.is_address_stopped(to.email, thread_key=thread_key)
        return _Way(None, to.email, to.language, Delivery.OFF if is_stopped else Delivery.AT_ONCE)
    delivery = queries.delivery_of(to, kind, thread_key=thread_key)
    return _Way(to, to.email, to.language or queries.language_of(municipality_id), delivery)
