"""How often somebody may comment: often enough for a lively talk, too seldom for a flood."""

from math import ceil

from django.utils.translation import ngettext

from grobunn.discussion.services.errors import Refused
from grobunn.kernel import limits
from grobunn.kernel.actors import Actor

# Somebody who answers every idea of a morning writes one in half a minute.
COMMENTS = limits.Rate(count=20, seconds=600)


class TooOften(Refused):
    """Somebody has written many comments in a short while."""


def count_comment(actor: Actor) -> None:
    """Count a comment that is about to be written, wherever it stands.

    Raises:  TooOften, with the minutes to wait.
    Effects: one statement, outside the transaction of the comment.
    """
    try:
        limits.spend("discussion.comment", who=str(actor.pk), rate=COMMENTS)
    except limits.TooManyRequests as refusal:
        minutes = ceil(refusal.retry_after_seconds / 60)
        words = ngettext(
            "You have written many comments in a short while. This one is still here: send it in a minute.",
            "You have written many comments in a short while. This one is still here: send it in %(minutes)d minutes.",
            minutes,
        )
        raise TooOften(words % {"minutes": minutes}) from refusal
