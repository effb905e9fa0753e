"""Saying "me too": somebody whose idea is already there becomes a co-writer of it."""

from grobunn.accounts.models import User
from grobunn.discussion.services.follow import make_follower
from grobunn.ideas.models import CoWriter, Idea
from grobunn.kernel import audit, permissions


def join_idea(idea: Idea, *, user: User) -> bool:
    """Make a user a co-writer and a follower of an idea.

    Returns: whether this made them one (False: they were already, or wrote it).
    Raises:  PermissionDenied.
    Effects: row, audit, follower.
    """
    permissions.check("ideas.join", user, idea)
    if idea.writer_id == user.pk:
        return False
    _row, is_new = CoWriter.objects.get_or_create(
        idea=idea, user=user, defaults={"municipality_id": idea.municipality_id}
    )
    if is_new:
        audit.record("ideas.join", actor=user, subject=idea, municipality_id=idea.municipality_id)
        make_follower("idea", idea, user_id=user.pk)
    return is_new
