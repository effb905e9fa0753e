"""The parts of an initiative's work: added once, changed as they were read, removed so that it can be undone."""

import hashlib
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from django_scopes import scopes_disabled

from grobunn.ideas.validators import validate_no_identity_number
from grobunn.initiatives.models import Attachment, Entry, Helper, Initiative, Milestone, Risk, Task
from grobunn.kernel import clock, permissions
from grobunn.kernel.actors import Actor
from grobunn.kernel.statemachine import TransitionRefused

Part = Milestone | Task | Entry | Risk | Attachment
P = TypeVar("P", Milestone, Task, Entry, Risk, Attachment)

# What was removed can be put back so long.
UNDONE_WITHIN = timedelta(days=1)
REMOVABLE: tuple[type[Part], ...] = (Milestone, Task, Entry, Risk, Attachment)
# Milestones and risks are promises of the initiative: whoever leads the work makes them.
_PERMISSIONS: Mapping[type[Part], str] = {
    Milestone: "initiatives.work",
    Risk: "initiatives.work",
    Task: "initiatives.help",
    Entry: "initiatives.help",
    Attachment: "initiatives.help",
}


class PartChanged(TransitionRefused):
    """Somebody else changed a part after it was read."""


class PartIsGone(TransitionRefused):
    """A part that somebody removed."""


class HasEnded(TransitionRefused):
    """Work on an initiative that has ended."""


def permission_of(part_type: type[Part]) -> str:
    """What somebody needs who works with parts of a sort."""
    return _PERMISSIONS[part_type]


def fingerprint(part: Part | Helper, fields: Mapping[str, Any]) -> str:
    """What a part says, shortened: a form carries it, so that nobody overwrites what they have not read."""
    said = "\x1f".join(f"{name}={getattr(part, name)!r}" for name in sorted(fields))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def check_underway(initiative: Initiative) -> None:
    """Raises: HasEnded for an initiative that has come to one of its ends."""
    if initiative.is_finished:
        raise HasEnded(_("This initiative has ended. Open it again if there is more to do."))


def add(
    part_type: type[P], initiative: Initiative, *, key: UUID | None = None, actor: Actor, fields: Mapping[str, Any]
) -> P:
    """Add a part. Sent twice with the same key, it is added once.

    Raises:  PermissionDenied, HasEnded, ValidationError for a national identity number.
    Effects: row.
    """
    permissions.check(permission_of(part_type), actor, initiative)
    if part_type is not Entry:
        check_underway(initiative)
    refuse_identity_numbers(fields)
    part = part_type(municipality_id=initiative.municipality_id, initiative=initiative, made_by_id=actor.pk, **fields)
    if key is not None:
        part.key = key
    return kept_once(part)


def kept_once(part: P) -> P:
    """Keep a new part, or give the one that is kept under its key. Raises: IntegrityError for another's key."""
    try:
        with transaction.atomic():
            part.save(force_insert=True)
    except IntegrityError:
        known = type(part).with_removed.filter(key=part.key, initiative_id=part.initiative_id).first()
        if known is None:
            raise
        return known
    return part


def change(part: P, *, seen: str = "", actor: Actor, fields: Mapping[str, Any]) -> P:
    """Change what a part says.

    Takes:   seen, the fingerprint of what was read; "" where the last word counts.
    Raises:  PermissionDenied, PartChanged, PartIsGone, ValidationError for a national identity number.
    Effects: row.
    """
    check_may_change(part, actor)
    refuse_identity_numbers(fields)
    with transaction.atomic():
        kept = type(part).objects.select_for_update().filter(pk=part.pk).first()
        if kept is None:
            raise PartIsGone(_("Somebody removed it just before you. Look at the page for what is there now."))
        if seen and fingerprint(kept, fields) != seen:
            raise PartChanged(
                _("Somebody else changed it just before you. Look at what it says now, then write it again.")
            )
        for name, value in fields.items():
            setattr(kept, name, value)
        kept.save(update_fields=list(fields))
    return kept


def remove(part: Part, *, actor: Actor) -> None:
    """Remove a part; it can be put back for a day. Safe to repeat. Effects: row."""
    check_may_change(part, actor)
    type(part).objects.filter(pk=part.pk).update(removed_at=clock.now())


def put_back(part: Part, *, actor: Actor) -> None:
    """Undo a removal. Safe to repeat. Effects: row."""
    check_may_change(part, actor)
    type(part).with_removed.filter(pk=part.pk).update(removed_at=None)


def check_may_change(part: Part, actor: Actor) -> None:
    """Raises: PermissionDenied. A line of the log is for whoever wrote it, and for those who lead the work."""
    initiative = part.initiative
    permissions.check(permission_of(type(part)), actor, initiative)
    is_own = actor.pk is not None and part.made_by_id == actor.pk
    if isinstance(part, Entry) and not is_own and not permissions.is_allowed("initiatives.work", actor, initiative):
        raise PermissionDenied("initiatives.work")


def forget_removed() -> int:
    """Remove for good what was removed more than a day ago, with its files. Returns: how many rows."""
    gone = 0
    with scopes_disabled():
        for part_type in REMOVABLE:
            rows = part_type.with_removed.filter(removed_at__lt=clock.now() - UNDONE_WITHIN)
            for row in rows.order_by("pk").iterator():
                if isinstance(row, Attachment) and row.file:
                    row.file.storage.delete(row.file.name or "")
                row.delete()
                gone += 1
    return gone


def refuse_identity_numbers(fields: Mapping[str, Any]) -> None:
    """Raises: ValidationError."""
    for value in fields.values():
        if isinstance(value, str):
            validate_no_identity_number(value)
