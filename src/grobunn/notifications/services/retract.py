"""Take back what nobody has read and no mail has carried."""

from collections.abc import Iterable

from django.db import transaction
from django_scopes import get_scope

from grobunn.kernel import clock
from grobunn.notifications.models import Mail, Notice
from grobunn.notifications.states import UNSENT, MailState


def retract(keys: Iterable[str]) -> int:
    """Take notices back, as far as they are neither read nor mailed. Runs in the scope of their municipality.

    Takes:   keys, as given to `notify`; a key not used yet is remembered, so that a handler that comes late tells
             nobody either.
    Returns: how many notices were taken back.
    Effects: rows; mails withdrawn. A mail that a worker claims in the same moment is either withdrawn or sent, and
             the count says which.
    """
    wanted = sorted(set(keys))
    with transaction.atomic():
        _remember(wanted)
        held = Notice.objects.filter(key__in=wanted, read_at__isnull=True, retracted_at__isnull=True).select_for_update(
            of=("self",)
        )
        mail_of = {notice.pk: notice.mail_id for notice in held.order_by("key")}
        mails = Mail.objects.filter(pk__in=[mail for mail in mail_of.values() if mail])
        now = clock.now()
        mails.filter(state=MailState.WAITING).update(state=MailState.WITHDRAWN, state_since=now)
        unsent = set(mails.filter(state__in=UNSENT).values_list("pk", flat=True))
        untouched = [notice for notice, mail in mail_of.items() if mail is None or mail in unsent]
        return Notice.objects.filter(pk__in=untouched).update(retracted_at=now)


def _remember(keys: list[str]) -> None:
    """Hold every key: one that says nothing yet is taken, so that it never will."""
    now = clock.now()
    municipality_id = get_scope()["municipality"]
    Notice.objects.bulk_create(
        [Notice(municipality_id=municipality_id, key=key, retracted_at=now, created_at=now) for key in keys],
        ignore_conflicts=True,
    )
