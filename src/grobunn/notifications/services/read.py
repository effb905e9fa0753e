"""Mark notices as read."""

from django.db.models import QuerySet

from grobunn.accounts.models import User
from grobunn.kernel import clock
from grobunn.notifications import queries
from grobunn.notifications.models import Notice


def read_notice(notice: Notice) -> None:
    """Mark one notice as read by its recipient. Effects: row."""
    if notice.recipient is not None:
        _read(notice.recipient, queries.unread_of(notice.recipient).filter(pk=notice.pk))


def read_thread(user: User, *, thread_key: str) -> int:
    """Mark all that a person was told about a thread as read, for the page that shows it. Returns: how many.

    Mostly there is nothing: then the one SQL that says so serves the number in the header, too.
    """
    unread = queries.unread_threads(user)
    if thread_key not in unread and len(unread) < queries.UNREAD_SHOWN_AT_MOST:
        return 0
    return _read(user, queries.unread_of(user).filter(thread_key=thread_key))


def read_all(user: User) -> int:
    """Mark everything that a person was told as read. Returns: how many."""
    return _read(user, queries.unread_of(user))


def _read(user: User, notices: QuerySet[Notice]) -> int:
    count = notices.update(read_at=clock.now())
    queries.forget_unread_count(user.pk)
    return count
