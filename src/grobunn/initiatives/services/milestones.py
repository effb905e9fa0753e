"""Milestones: reached, and moved to another day with a reason."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from grobunn.initiatives.models import Milestone, MilestoneMove
from grobunn.initiatives.services.parts import PartChanged, PartIsGone, check_underway, refuse_identity_numbers
from grobunn.kernel import clock, permissions
from grobunn.kernel.actors import Actor
from grobunn.kernel.statemachine import TransitionRefused


class MoveRefused(TransitionRefused):
    """A milestone moved to the day that it has, or one that is reached."""


def reach(milestone: Milestone, *, on: date | None = None, actor: Actor) -> None:
    """Say that a milestone is reached. Safe to repeat: the first day stays.

    Takes:   on, today where nothing is said; a day ahead counts as today.
    Effects: row.
    """
    permissions.check("initiatives.work", actor, milestone.initiative)
    check_underway(milestone.initiative)
    today = clock.today()
    Milestone.objects.filter(pk=milestone.pk, reached_on=None).update(reached_on=min(on or today, today))


def unreach(milestone: Milestone, *, actor: Actor) -> None:
    """Take back that a milestone is reached. Safe to repeat. Effects: row."""
    permissions.check("initiatives.work", actor, milestone.initiative)
    Milestone.objects.filter(pk=milestone.pk).update(reached_on=None)


def move(
    milestone: Milestone, *, to: date, reason: str, seen: date | None = None, key: UUID | None = None, actor: Actor
) -> Milestone:
    """Give a milestone another day. Who reads the initiative sees when, from which day, and why.

    Takes:   seen, the day that it had when it was read.
    Raises:  MoveRefused, PartChanged, PartIsGone, PermissionDenied, ValidationError for a national identity number.
    Effects: rows.
    """
    permissions.check("initiatives.work", actor, milestone.initiative)
    check_underway(milestone.initiative)
    refuse_identity_numbers({"reason": reason})
    with transaction.atomic():
        kept = Milestone.objects.select_for_update().filter(pk=milestone.pk).first()
        if kept is None:
            raise PartIsGone(_("Somebody removed it just before you. Look at the page for what is there now."))
        if key is not None and MilestoneMove.objects.filter(key=key).exists():
            return kept
        if seen is not None and kept.due_on != seen:
            raise PartChanged(_("Somebody else moved it just before you. Look at the day that it has now."))
        if kept.reached_on is not None or kept.due_on == to:
            raise MoveRefused(_("Choose another day than the one it has; one that is reached stays where it is."))
        move_row = MilestoneMove(
            municipality_id=kept.municipality_id,
            initiative_id=kept.initiative_id,
            milestone=kept,
            from_on=kept.due_on,
            to_on=to,
            reason=reason.strip(),
            made_by_id=actor.pk,
        )
        if key is not None:
            move_row.key = key
        move_row.save(force_insert=True)
        kept.due_on = to
        kept.save(update_fields=["due_on"])
    return kept
