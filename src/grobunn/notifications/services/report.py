"""Say that a mail could not be delivered, to whoever can do something about it."""

from django.utils import translation
from django_scopes import scopes_disabled

from grobunn.accounts.models import User
from grobunn.kernel import events
from grobunn.notifications import queries, words
from grobunn.notifications.events import MailFailed
from grobunn.notifications.kinds import registered
from grobunn.notifications.models import Mail, Notice
from grobunn.notifications.services.notify import notify

UNDELIVERED = "notifications.mail_undelivered"


def report_failure(mail: Mail, *, problem: str) -> None:
    """Tell the features and the sender of each notice. Effects: events, notices."""
    with scopes_disabled():
        notices = list(Notice.objects.filter(mail=mail, kind__in=registered()).select_related("sender"))
    for notice in notices:
        events.publish(
            MailFailed(
                municipality_id=notice.municipality_id,
                kind=notice.kind,
                key=notice.key,
                thread_key=notice.thread_key,
            )
        )
        if notice.sender is not None:
            _tell(notice.sender, notice, mail, problem=problem)


def _tell(sender: User, notice: Notice, mail: Mail, *, problem: str) -> None:
    with translation.override(sender.language or queries.language_of(notice.municipality_id)):
        title = words.title_of(notice)
    notify(
        UNDELIVERED,
        to=sender,
        municipality_id=notice.municipality_id,
        thread_key=notice.thread_key,
        data={"title": title, "problem": problem},
        url=notice.sender_url,
        key=f"undelivered:{notice.pk}:{mail.lease}",
    )
