"""The daily mail: what happened since the last one, to those who chose it."""

from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django_scopes import scopes_disabled

from grobunn.accounts.models import User
from grobunn.kernel import clock, jobs
from grobunn.notifications import queries
from grobunn.notifications.models import Mail
from grobunn.notifications.stops import DIGEST_THREAD
from grobunn.organisations.calendar import is_working_day

DIGEST_AT = time(7, 0, tzinfo=ZoneInfo("Europe/Oslo"))


def queue_digests() -> int:
    """Queue today's mails, once it is seven o'clock on a working day; asked again on the same day, queue what is left.

    Returns: how many mails were queued. Whoever has nothing to read gets none.
    """
    today = clock.today()
    until = datetime.combine(today, DIGEST_AT)
    if clock.now() < until or not is_working_day(today):
        return 0
    count = sum(_queue(user_id, on=today, until=until) for user_id in queries.people_awaiting_digest(until))
    if count:
        jobs.defer("notifications.send_mails")
    return count


def _queue(user_id: UUID, *, on: date, until: datetime) -> bool:
    """One person's mail of the day, and the notices that it carries. Effects: rows."""
    with scopes_disabled(), transaction.atomic():
        notices = queries.notices_for_digest(until).filter(recipient=user_id)
        municipality_ids = sorted(set(notices.values_list("municipality_id", flat=True)))
        if not municipality_ids:
            return False
        user = User.objects.get(pk=user_id)
        mail = Mail(
            # Of more than one municipality: then the mail is from the installation.
            municipality_id=municipality_ids[0] if len(municipality_ids) == 1 else None,
            recipient=user,
            to_address=user.email,
            language=user.language or queries.language_of(municipality_ids[0]),
            thread_key=DIGEST_THREAD,
            digest_on=on,
        )
        Mail.objects.bulk_create([mail], ignore_conflicts=True)
        if not Mail.objects.filter(pk=mail.pk).exists():
            return False  # Today's has gone; what came too late for it is in tomorrow's.
        notices.update(mail=mail)
        return True
