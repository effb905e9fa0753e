"""What a writer will be sent, word for word, before it is sent."""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.utils.translation import override

from grobunn.accounts.models import User
from grobunn.ideas.models import Idea
from grobunn.ideas.notices import facts_of, thread_address, writer_of
from grobunn.ideas.states import ANSWERS
from grobunn.notifications.models import Notice
from grobunn.notifications.words import text_of, title_of

# Steps that are no answers and yet have a message of their own.
_KINDS = {"ask": "ideas.question"}
# Where the reason stands in the text, while it is being written.
_REASON = "\ue000"


@dataclass(frozen=True)
class Preview:
    """A message: its subject, and what stands before and after the reason.

    Takes: to, the writer's name, "" where only an address is known: an address is never shown.
    """

    to: str
    subject: str
    before: str
    after: str


def preview_of(idea: Idea, edge: str, *, changes: Mapping[str, Any]) -> Preview | None:
    """What the writer of an idea is sent when a step is taken, in the writer's own language.

    Takes:   idea with municipality, holder_unit and writer; changes, fields of the idea that the step will set.
             The address of the thread stands in it as colleagues know it: the writer's own may hold the receipt code.
    Returns: None for a writer who has the receipt code only: they read the answer on the thread.
    """
    receiver = writer_of(idea)
    if receiver is None:
        return None
    changed = copy(idea)
    for name, value in changes.items():
        setattr(changed, name, value)
    kind = "ideas.answered" if edge in ANSWERS else _KINDS.get(edge, "ideas.step")
    notice = Notice(kind=kind, data=facts_of(changed, words=_REASON, edge=edge), url=thread_address(idea))
    with override(receiver.language or idea.municipality.language):
        subject = title_of(notice)
        before, _reason, after = text_of(notice).partition(_REASON)
    to = receiver.name if isinstance(receiver, User) else ""
    return Preview(to=to, subject=subject, before=before.strip(), after=after.strip())
