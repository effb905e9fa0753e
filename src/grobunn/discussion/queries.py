"""Reads of discussion. Whether somebody may see the object is the caller's question, asked before."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, QuerySet
from django_scopes import scopes_disabled

from grobunn.accounts.models import User
from grobunn.discussion.models import Applause, Comment, Follow

_REACTIONS = """
SELECT count(*), coalesce(bool_or(user_id = %(user)s), false),
       EXISTS (SELECT FROM discussion_follow
                WHERE kind = %(kind)s AND subject_id = %(subject)s AND user_id = %(user)s),
       EXISTS (SELECT FROM discussion_comment WHERE kind = %(kind)s AND subject_id = %(subject)s)
  FROM discussion_applause WHERE kind = %(kind)s AND subject_id = %(subject)s
"""


@dataclass(frozen=True)
class Reactions:
    """How many applaud an object, and whether one applauds and follows it oneself. Who they are is never told.

    Takes: has_comments, whether somebody has written something about it, removed or not.
    """

    applause_count: int
    is_applauding: bool
    is_following: bool
    has_comments: bool = False


def comments_of(kind: str, subject_id: UUID) -> QuerySet[Comment]:
    """The comments on an object, oldest first, with what is shown of their writers; removed ones as a line."""
    return Comment.objects.filter(kind=kind, subject_id=subject_id).select_related("author", "unit").order_by("id")


def waiting_comments(kind: str) -> QuerySet[Comment]:
    """The comments on objects of a kind that wait for a moderator, oldest first, in the active scope."""
    waiting = Comment.objects.filter(kind=kind, is_waiting=True, removed_at__isnull=True)
    return waiting.select_related("author").order_by("id")


def reactions_of(kind: str, subject_id: UUID, actor: Any) -> Reactions:
    """The applause of an object that the caller may show, and what the reader does; one SQL."""
    user_id = actor.pk if actor.is_authenticated else None
    with connection.cursor() as cursor:
        cursor.execute(_REACTIONS, {"kind": kind, "subject": subject_id, "user": user_id})
        return Reactions(*cursor.fetchone())


def followers_of(kind: str, subject_id: UUID) -> QuerySet[User]:
    """Everybody who follows an object and can still sign in."""
    followers = Follow.objects.filter(kind=kind, subject_id=subject_id)
    return User.objects.filter(id__in=followers.values("user_id"), is_active=True).order_by("id")


def comment_counts(kind: str, subject_ids: Collection[UUID]) -> dict[UUID, int]:
    """How many comments stand on each of some objects that the caller may show; one SQL, of any municipality."""
    with scopes_disabled():
        rows = (
            Comment.objects.filter(kind=kind, subject_id__in=subject_ids, removed_at__isnull=True, is_waiting=False)
            .values_list("subject_id")
            .annotate(count=Count("id"))
        )
        return dict(rows)


def applause_counts(kind: str, subject_ids: Collection[UUID]) -> dict[UUID, int]:
    """How many applaud each of some objects that the caller may show; one SQL, of any municipality."""
    with scopes_disabled():
        rows = (
            Applause.objects.filter(kind=kind, subject_id__in=subject_ids)
            .values_list("subject_id")
            .annotate(count=Count("id"))
        )
        return dict(rows)


def followed_ids(kind: str, user: Any) -> QuerySet[Follow, UUID]:
    """Ids of what somebody follows, for a feature's own list of it."""
    return Follow.objects.filter(kind=kind, user_id=user.pk).values_list("subject_id", flat=True)
