"""News of discussion."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from grobunn.kernel import events


@events.register
@dataclass(frozen=True, kw_only=True)
class CommentAdded(events.Event):
    """Somebody wrote a comment that others can read, or one was let through."""

    name: ClassVar[str] = "discussion.comment_added"
    kind: str
    subject_id: UUID
    municipality_id: UUID
    comment_id: UUID
    author_id: UUID | None


@events.register
@dataclass(frozen=True, kw_only=True)
class CommentHeld(events.Event):
    """Somebody wrote a comment that waits for a moderator; when it is let through, `CommentAdded` follows."""

    name: ClassVar[str] = "discussion.comment_held"
    kind: str
    subject_id: UUID
    municipality_id: UUID
    comment_id: UUID


@events.register
@dataclass(frozen=True, kw_only=True)
class CommentRemoved(events.Event):
    """A comment was taken away, by its writer or by a moderator."""

    name: ClassVar[str] = "discussion.comment_removed"
    kind: str
    subject_id: UUID
    municipality_id: UUID
    comment_id: UUID
    author_id: UUID | None
    is_by_moderator: bool


@events.register
@dataclass(frozen=True, kw_only=True)
class Followed(events.Event):
    """Somebody began to follow an object."""

    name: ClassVar[str] = "discussion.followed"
    kind: str
    subject_id: UUID
    municipality_id: UUID
    user_id: UUID
