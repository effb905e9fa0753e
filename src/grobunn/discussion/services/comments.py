"""The only writers of comments."""

import hashlib
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from grobunn.discussion.events import CommentAdded, CommentHeld, CommentRemoved
from grobunn.discussion.models import MAX_COMMENT, RESTORABLE_FOR, Comment, RemovedBy, ShownAs
from grobunn.discussion.registry import Attachable, Subject
from grobunn.discussion.services.errors import BadText, Refused, TooLate
from grobunn.kernel import audit, clock, events, ids
from grobunn.kernel.actors import Actor
from grobunn.kernel.identity_numbers import find_national_identity_number
from grobunn.organisations.models import Role
from grobunn.organisations.queries import RoleHeld, roles_of


def add_comment(
    subject: Subject,
    *,
    attachable: Attachable,
    text: str,
    actor: Actor,
    shown_as: str = ShownAs.NAME,
    comment_id: UUID | None = None,
) -> Comment:
    """Write a comment; it waits for a moderator where the object's feature holds back what the actor writes.

    Takes:   comment_id, an id that the form was given when it was shown: sent twice, it makes one comment.
    Raises:  BadText; PermissionDenied.
    Effects: row, event CommentAdded or CommentHeld.
    """
    if not attachable.may_comment(actor, subject):
        raise PermissionDenied("discussion.comment")
    role = role_to_show(actor, subject.municipality_id) if shown_as == ShownAs.ROLE else None
    comment = Comment(
        id=comment_id or ids.new_id(),
        municipality_id=subject.municipality_id,
        kind=attachable.kind,
        subject_id=subject.pk,
        author_id=actor.pk,
        shown_as=ShownAs.ROLE if role else ShownAs.NAME,
        role=role.role if role else "",
        unit_id=role.unit_id if role else None,
        text=checked(text),
        is_waiting=attachable.must_wait(actor, subject),
    )
    try:
        with transaction.atomic():
            comment.save(force_insert=True)
            _tell_written(comment)
    except IntegrityError:
        sent_before = Comment.objects.filter(pk=comment.pk, author_id=actor.pk, subject_id=subject.pk).first()
        if sent_before is None:
            raise
        return sent_before
    return comment


def edit_comment(comment: Comment, *, text: str, actor: Actor, must_wait: bool = False) -> Comment:
    """Change one's own comment while it is fresh; that it was edited is shown.

    Takes:   must_wait, whether the object's feature holds back what the actor writes (asked by the caller): then the
             changed words wait for a moderator, although the earlier ones were let through.
    Raises:  BadText, TooLate; PermissionDenied.
    Effects: row, event CommentHeld if it waits now and did not before.
    """
    _require_author(comment, actor)
    new_text = checked(text)
    now = clock.now()
    if not comment.is_changeable(now):
        raise TooLate(_("It is too late to change the comment. Write a new one instead."))
    if new_text == comment.text:
        return comment
    waits_anew = must_wait and not comment.is_waiting
    comment.text, comment.edited_at, comment.is_waiting = new_text, now, comment.is_waiting or must_wait
    with transaction.atomic():
        comment.save(update_fields=["text", "edited_at", "is_waiting"])
        if waits_anew:
            _tell_written(comment)
    return comment


def let_through(comment: Comment, *, actor: Actor, seen: str) -> Comment:
    """Show a comment that waited to everybody who sees the object; whether the actor moderates is asked by the caller.

    Takes:   seen, the digest of the words that the moderator read (`words_digest`).
    Raises:  Refused if the comment has been changed or removed since.
    Effects: row, audit, event CommentAdded.
    """
    with transaction.atomic():
        fresh = Comment.objects.select_for_update().get(pk=comment.pk)
        if fresh.is_removed or words_digest(fresh) != seen:
            raise Refused(_("The comment has been changed since you read it. Read it once more."))
        if fresh.is_waiting:
            fresh.is_waiting = False
            fresh.save(update_fields=["is_waiting"])
            audit.record("discussion.let_through", actor=actor, subject=fresh, municipality_id=fresh.municipality_id)
            _tell_written(fresh)
    return fresh


def words_digest(comment: Comment) -> str:
    """What tells one wording of a comment from another, short enough for a form."""
    return hashlib.sha256(comment.text.encode()).hexdigest()[:16]


def remove_comment(comment: Comment, *, actor: Actor, is_moderator: bool = False, reason: str = "") -> Comment:
    """Take a comment away: one's own while it is fresh, others' as a moderator with a reason that all see.

    Takes:   is_moderator, whether the object's feature lets the actor moderate (asked by the caller).
    Raises:  TooLate, Refused without a reason; PermissionDenied.
    Effects: row, audit, event. The text is erased when the removal can no longer be undone.
    """
    if comment.is_removed:
        return comment
    now = clock.now()
    is_own = comment.author_id is not None and comment.author_id == actor.pk
    if is_own and comment.is_changeable(now):
        removed_by, role, shown_reason = RemovedBy.AUTHOR, "", ""
    elif is_moderator:
        held = role_to_show(actor, comment.municipality_id)
        removed_by, role, shown_reason = RemovedBy.MODERATOR, held.role if held else "", reason.strip()
        if not shown_reason:
            raise Refused(_("Write why the comment is removed. The reason is shown in its place."))
    elif is_own:
        raise TooLate(_("It is too late to remove the comment yourself. Ask whoever answers for the page."))
    else:
        raise PermissionDenied("discussion.remove_comment")
    with transaction.atomic():
        claimed = Comment.objects.filter(pk=comment.pk, removed_at__isnull=True).update(
            removed_at=now,
            removed_by=removed_by,
            remover_id=actor.pk,
            remover_role=role,
            removal_reason=shown_reason,
        )
        comment.refresh_from_db()
        if claimed:
            _tell_removed(comment, actor)
    return comment


def restore_comment(comment: Comment, *, actor: Actor) -> Comment:
    """Undo a removal that one did oneself a moment ago.

    Raises:  TooLate; PermissionDenied.
    Effects: row, audit.
    """
    if comment.remover_id is None or comment.remover_id != actor.pk:
        raise PermissionDenied("discussion.restore_comment")
    if not comment.is_restorable(clock.now()):
        raise TooLate(_("It is too late to undo. The comment is gone."))
    with transaction.atomic():
        Comment.objects.filter(pk=comment.pk).exclude(text="").update(
            removed_at=None, removed_by="", remover=None, remover_role="", removal_reason=""
        )
        comment.refresh_from_db()
        audit.record(
            "discussion.restore_comment", actor=actor, subject=comment, municipality_id=comment.municipality_id
        )
    return comment


def erase_removed_comments() -> int:
    """Erase the texts of comments whose removal can no longer be undone.

    Returns: how many.
    Effects: rows.
    """
    return Comment.objects.filter(removed_at__lte=clock.now() - RESTORABLE_FOR).exclude(text="").update(text="")


def checked(text: str) -> str:
    """A comment's text as it is kept.

    Raises: BadText if it is empty, too long, or holds a national identity number.
    """
    kept = text.replace("\x00", "").replace("\r\n", "\n").strip()
    if not kept:
        raise BadText(_("Write something first."))
    if len(kept) > MAX_COMMENT:
        raise BadText(
            _("The comment is too long: %(length)d characters. At most %(most)d fit.")
            % {"length": len(kept), "most": MAX_COMMENT}
        )
    if find_national_identity_number(kept):
        raise BadText(
            _("The text holds a national identity number. Take it out: such numbers must not be written here.")
        )
    return kept


def _require_author(comment: Comment, actor: Actor) -> None:
    if comment.author_id is None or comment.author_id != actor.pk:
        raise PermissionDenied("discussion.edit_comment")


def role_to_show(actor: Actor, municipality_id: UUID) -> RoleHeld | None:
    """The role that stands in place of somebody's name: one that says more than "employee" where there is one."""
    held = roles_of(actor).in_municipality(municipality_id)
    return max(held, key=lambda each: each.role != Role.EMPLOYEE, default=None)


def _tell_written(comment: Comment) -> None:
    """The news of a comment, to the moderators alone while it waits."""
    about: dict[str, Any] = {
        "kind": comment.kind,
        "subject_id": comment.subject_id,
        "municipality_id": comment.municipality_id,
        "comment_id": comment.pk,
    }
    events.publish(CommentHeld(**about) if comment.is_waiting else CommentAdded(**about, author_id=comment.author_id))


def _tell_removed(comment: Comment, actor: Any) -> None:
    audit.record(
        "discussion.remove_comment",
        actor=actor,
        subject=comment,
        municipality_id=comment.municipality_id,
        data={"kind": comment.kind, "subject_id": str(comment.subject_id), "by": comment.removed_by},
    )
    events.publish(
        CommentRemoved(
            kind=comment.kind,
            subject_id=comment.subject_id,
            municipality_id=comment.municipality_id,
            comment_id=comment.pk,
            author_id=comment.author_id,
            is_by_moderator=comment.removed_by == RemovedBy.MODERATOR,
        )
    )
