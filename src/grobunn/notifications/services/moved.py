"""Tell that something has been moved: whoever has not heard of one move hears the last only."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django_scopes import scope

from grobunn.kernel import clock
from grobunn.notifications.addresses import ContactPoint
from grobunn.notifications.models import Notice
from grobunn.notifications.services.notify import Recipient, notify
from grobunn.notifications.services.retract import retract
from grobunn.notifications.states import MailState

# Whoever moves something looks at it once more and moves it again; ten minutes later they have gone on.
QUIET = timedelta(minutes=10)


def tell_moved(
    kind: str,
    *,
    to: Recipient,
    municipality_id: UUID,
    thread_key: str,
    was: Mapping[str, str],
    now: Mapping[str, str],
    data: Mapping[str, Any],
    url: str,
    key: str,
) -> Notice | None:
    """Tell where something is moved to. The inbox says so at once, the mail when it has been quiet for a while.

    What was told before of the same kind and thread, and is neither read nor mailed, is taken back: then the notice
    goes from where it was at first to where it is now, and nothing is told of what was moved back. The caller holds
    the row of what is moved, so that two moves are told one after the other.

    Takes:   was and now, the same facts before and after; the kind's templates get both.
    Returns: the notice; None where there is nothing to tell.
    Effects: notices taken back; a row, perhaps a mail in the queue.
    """
    with scope(municipality=municipality_id), transaction.atomic():
        told = Notice.objects.filter(key=key).first()
        if told is not None:
            return told
        before = take_back_unheard(kind, to=to, thread_key=thread_key)
        first = before.data["was"] if before is not None else dict(was)
        if first == dict(now):
            retract([key])
            return None
        return notify(
            kind,
            to=to,
            municipality_id=municipality_id,
            thread_key=thread_key,
            data={**data, "was": first, "now": dict(now)},
            url=url,
            key=key,
            not_before=clock.now() + QUIET,
        )


def take_back_unheard(kind: str, *, to: Recipient, thread_key: str) -> Notice | None:
    """Take back what somebody was told of a kind and a thread, as far as it is neither read nor mailed.

    Returns: the earliest that was taken back.
    """
    keys = list(_unheard(kind, to, thread_key).values_list("key", flat=True))
    if not keys:
        return None
    retract(keys)
    return Notice.objects.filter(key__in=keys, retracted_at__isnull=False).order_by("created_at", "id").first()


def _unheard(kind: str, to: Recipient, thread_key: str) -> QuerySet[Notice]:
    whose = Q(mail__to_address=to.email, recipient=None) if isinstance(to, ContactPoint) else Q(recipient=to)
    unsent = Q(mail=None) | Q(mail__state=MailState.WAITING)
    return Notice.objects.filter(
        whose, unsent, kind=kind, thread_key=thread_key, read_at__isnull=True, retracted_at__isnull=True
    )
