"""Remove what is no longer needed: README.md says how long that is."""

from datetime import timedelta

from django.db.models import Model, Q, QuerySet
from django_scopes import scopes_disabled

from grobunn.kernel import clock
from grobunn.notifications.models import Mail, Notice
from grobunn.notifications.states import MailState

KEEP_MAIL = timedelta(days=30)
KEEP_NOTICE = timedelta(days=365)
ROWS_AT_ONCE = 5000


def forget_old() -> None:
    """Empty mails of address and words after a month, remove notices and emptied mails after a year.

    Effects: rows; a mail that was never sent, or never looked at by the operator, is withdrawn with its words.
    """
    with scopes_disabled():
        month_ago, year_ago = clock.now() - KEEP_MAIL, clock.now() - KEEP_NOTICE
        _empty(Mail.objects.exclude(to_address="").filter(state_since__lte=month_ago).filter(_is_over(month_ago)))
        without_account = Q(recipient=None, created_at__lte=month_ago) & (Q(mail=None) | Q(mail__to_address=""))
        _delete(Notice.objects.filter(Q(created_at__lte=year_ago) | without_account))
        _delete(Mail.objects.filter(to_address="", state_since__lte=year_ago))


def _is_over(month_ago: object) -> Q:
    """Mails that will not move any more, and those that nobody took over for a month."""
    return ~Q(state__in=[MailState.WAITING, MailState.SENDING]) | Q(state=MailState.WAITING, due_at__lte=month_ago)


def _empty(mails: QuerySet[Mail]) -> None:
    while chunk := list(mails.values_list("pk", flat=True)[:ROWS_AT_ONCE]):
        rows = Mail.objects.filter(pk__in=chunk)
        rows.exclude(state=MailState.SENT).update(state=MailState.WITHDRAWN)
        rows.update(to_address="", subject="", text="", problem="")


def _delete(rows: QuerySet[Model]) -> None:
    while chunk := list(rows.values_list("pk", flat=True)[:ROWS_AT_ONCE]):
        rows.model._base_manager.filter(pk__in=chunk).delete()
