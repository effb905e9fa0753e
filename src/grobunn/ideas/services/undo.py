"""Taking an answer back, for ten minutes, while nobody has read it or been mailed."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from grobunn.ideas import starting
from grobunn.ideas.models import CoWriter, Idea
from grobunn.ideas.notices import notice_keys
from grobunn.ideas.states import MACHINE, MESSAGES
from grobunn.kernel import statemachine
from grobunn.kernel.actors import Actor
from grobunn.kernel.models import StateChange
from grobunn.kernel.statemachine import TransitionRefused
from grobunn.notifications.queries import is_untouched
from grobunn.notifications.services.retract import retract


class AlreadyRead(TransitionRefused):
    """The answer has reached somebody."""


def undo(idea: Idea, *, change: StateChange, actor: Actor) -> StateChange:
    """Take the last answer back.

    Raises:  AlreadyRead; as `statemachine.undo`.
             What the feature that carries work refuses: then nothing has changed.
    Effects: row, history, audit; notices not yet read or mailed disappear; what began with a start goes.
    """
    if idea.writer_saw_at is not None and idea.writer_saw_at > change.at:
        raise AlreadyRead(_("The writer has read the answer. Write a new one instead of taking this one back."))
    with transaction.atomic():
        undone = statemachine.undo(MACHINE, idea, change, actor=actor, messages=MESSAGES)
        keys = notice_keys(idea, change)
        retract(keys)
        # Only after that can a mail no longer be claimed between the look and the act.
        if not all(is_untouched(key) for key in keys):
            raise AlreadyRead(_("Somebody has read the answer. Write a new one instead of taking this one back."))
        if change.edge == "merge" and idea.writer_id is not None:
            _uncarry(change, writer_id=idea.writer_id)
        how = starting.starter()
        if change.edge in ("start", "park") and how is not None:
            how.take_back(idea, change, actor)
    return undone


def _uncarry(change: StateChange, *, writer_id: UUID) -> None:
    CoWriter.objects.filter(idea__reference=change.data["into"], user_id=writer_id, since__gte=change.at).delete()
