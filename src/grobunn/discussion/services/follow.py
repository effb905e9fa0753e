"""The only writers of who follows what."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from grobunn.discussion.events import Followed
from grobunn.discussion.models import Follow
from grobunn.discussion.registry import Attachable, Subject
from grobunn.kernel import events
from grobunn.kernel.actors import Actor


def follow(subject: Subject, *, attachable: Attachable, actor: Actor) -> None:
    """Follow an object; following twice is following.

    Raises:  PermissionDenied.
    Effects: row, event the first time.
    """
    if not attachable.may_follow(actor, subject):
        raise PermissionDenied("discussion.follow")
    make_follower(attachable.kind, subject, user_id=actor.pk)


def make_follower(kind: str, subject: Subject, *, user_id: UUID) -> bool:
    """Make somebody a follower because of what they did elsewhere: wrote the object, joined it, were asked about it.

    Returns: whether they did not follow it before.
    Effects: row, event the first time.
    """
    with transaction.atomic():
        _row, is_new = Follow.objects.get_or_create(
            kind=kind, subject_id=subject.pk, user_id=user_id, defaults={"municipality_id": subject.municipality_id}
        )
        if is_new:
            events.publish(
                Followed(kind=kind, subject_id=subject.pk, municipality_id=subject.municipality_id, user_id=user_id)
            )
    return is_new


def unfollow(subject: Subject, *, attachable: Attachable, actor: Actor) -> None:
    """Stop following. Effects: row."""
    Follow.objects.filter(kind=attachable.kind, subject_id=subject.pk, user_id=actor.pk).delete()


def merge_followers(kind: str, from_id: UUID, into: Subject) -> int:
    """Let everybody who follows one object follow the one that it went into as well.

    Returns: how many new followers it got.
    Effects: rows. No event: the merge itself is the news.
    """
    already = set(Follow.objects.filter(kind=kind, subject_id=into.pk).values_list("user_id", flat=True))
    moved = Follow.objects.filter(kind=kind, subject_id=from_id).exclude(user_id__in=already)
    rows = [
        Follow(municipality_id=into.municipality_id, kind=kind, subject_id=into.pk, user_id=user_id)
        for user_id in moved.values_list("user_id", flat=True)
    ]
    Follow.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)
