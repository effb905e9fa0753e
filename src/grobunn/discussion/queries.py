"""Reads of discussion. Whether somebody may see the object is the caller's question, asked before."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django_scopes import scopes_disabled

from grobunn.accounts.models import User
from grobunn.discussion.models import Applause, Comment, Follow


@dataclass(frozen=True)
class ApplauseOf:
    """How many applaud an object, and whether one is among them. Who they are is never told."""

    count: int
    is_mine: bool


@dataclass(frozen=True)
class Reactions:
    """How many applaud an object, and whether one applauds and follows it oneself. Who they are is never told."""

    applause_count: int
    is_applauding: bool
    is_following: bool


def comments_of(kind: str, subject_id: UUID) -> QuerySet[Comment]:
    """The comments on an object, oldest first, with what is shown of their writers; removed ones as a line."""
    return Comment.objects.filter(kind=kind, subject_id=subject_id).select_related("author", "unit").order_by("id")


def applause_of(kind: str, subject_id: UUID, user: Any) -> ApplauseOf:
    """The applause of an object; one SQL."""
    user_id = user.pk if user.is_authenticated else None
    counted = Applause.objects.filter(kind=kind, subject_id=subject_id).aggregate(
        count=Count("id"), mine=Count("id", filter=Q(user_id=user_id))
    )
    return ApplauseOf(count=counted["count"], is_mine=bool(counted["mine"]))


def reactions_of(kind: str, subject_id: UUID, actor: Any) -> Reactions:
    """The applause of an object, and what the reader does; two SQL, one for the signed-out."""
    applause = applause_of(kind, subject_id, actor)
    return Reactions(
        applause_count=applause.count,
        is_applauding=applause.is_mine,
        is_following=is_following(kind, subject_id, actor),
    )


def followers_of(kind: str, subject_id: UUID) -> QuerySet[User]:
    """Everybody who follows an object and can still sign in."""
    followers = Follow.objects.filter(kind=kind, subject_id=subject_id)
    return User.objects.filter(id__in=followers.values("user_id"), is_active=True).order_by("id")


def is_following(kind: str, subject_id: UUID, user: Any) -> bool:
    """Whether somebody follows an object; no SQL for the signed-out."""
    return bool(
        user.is_authenticated and Follow.objects.filter(kind=kind, subject_id=subject_id, user_id=user.pk).exists()
    )


def comment_counts(kind: str, subject_ids: Collection[UUID]) -> dict[UUID, int]:
    """How many comments stand on each of some objects that the caller may show; one SQL, of any municipality."""
    with scopes_disabled():
        rows = (
            Comment.objects.filter(kind=kind, subject_id__in=subject_ids, removed_at__isnull=True)
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
