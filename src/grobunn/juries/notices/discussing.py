"""What those hear who talk about an entry: that something was said, and its title."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from grobunn.accounts.models import User
from grobunn.juries.addresses import entry_page
from grobunn.juries.models import Entry
from grobunn.notifications.kinds import Kind
from grobunn.notifications.services.moved import take_back_unheard
from grobunn.notifications.services.notify import notify

KINDS = (
    Kind(
        name="juries.commented",
        label=_("A comment on an entry"),
        description=_("When somebody comments on an entry on a panel that you lead, or that you talk about or follow."),
        template="juries/notices/commented",
        stop_label=pgettext_lazy("stop mails", "about this entry"),
    ),
)


def thread_key(entry_id: UUID) -> str:
    """What keeps the mails about the talk of one entry together."""
    return f"entry:{entry_id}"


def tell_of_comment(receiver: User, entry: Entry, *, comment_id: UUID) -> None:
    """Tell somebody of a comment. Its words stay on the page: a mail does not repeat what may be removed."""
    notify(
        "juries.commented",
        to=receiver,
        municipality_id=entry.municipality_id,
        thread_key=thread_key(entry.pk),
        data={"entry": entry.title, "panel": entry.panel.name},
        url=entry_page(entry),
        key=f"juries:commented:{comment_id}:user:{receiver.pk}",
    )


def take_back(receiver: User, entry_id: UUID) -> None:
    """Take back what somebody was told of an entry's comments and has not read: they may not know of them any more."""
    take_back_unheard("juries.commented", to=receiver, thread_key=thread_key(entry_id))
