"""Helpers: who helps, with what, and until when."""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from grobunn.accounts.models import User
from grobunn.initiatives.events import HelperAdded
from grobunn.initiatives.models import Helper, Initiative
from grobunn.initiatives.queries.helpers import forget_help
from grobunn.initiatives.services.parts import check_underway
from grobunn.kernel import clock, events, permissions
from grobunn.kernel.actors import Actor
from grobunn.kernel.statemachine import TransitionRefused
from grobunn.organisations.queries import roles_of


class NotAColleague(TransitionRefused):
    """Help from somebody who does not work in the municipality."""


def add_helper(initiative: Initiative, *, user: User, kind: str, key: UUID | None = None, actor: Actor) -> Helper:
    """Let a colleague help. They are told. Somebody who helped before helps again in the same row; safe to repeat.

    Raises:  NotAColleague, HasEnded, PermissionDenied.
    Effects: row, HelperAdded.
    """
    permissions.check("initiatives.work", actor, initiative)
    check_underway(initiative)
    if initiative.municipality_id not in roles_of(user).municipality_ids:
        raise NotAColleague(_("Nobody with that address works in the municipality. Check it, or ask for a role first."))
    with transaction.atomic():
        defaults = {"municipality_id": initiative.municipality_id, "made_by_id": actor.pk}
        if key is not None:
            defaults["key"] = key
        helper, is_new = Helper.objects.get_or_create(initiative=initiative, user=user, kind=kind, defaults=defaults)
        has_come_back = bool(
            Helper.objects.filter(pk=helper.pk, until_on__isnull=False).update(until_on=None, made_at=clock.now())
        )
        if (is_new or has_come_back) and user.pk != actor.pk:
            events.publish(
                HelperAdded(
                    initiative_id=initiative.pk,
                    municipality_id=initiative.municipality_id,
                    helper_id=helper.pk,
                    user_id=user.pk,
                    at=clock.now(),
                )
            )
    forget_help(user)
    return helper


def end_help(helper: Helper, *, on: date | None = None, actor: Actor) -> None:
    """Say which day is the last one of somebody's help: yesterday where nothing is said, so that it ends at once.

    Whoever helps may end their own help. Safe to repeat. Effects: row.
    """
    _check_may_end(helper, actor)
    Helper.objects.filter(pk=helper.pk, until_on=None).update(until_on=on or clock.today() - timedelta(days=1))
    forget_help(helper.user)


def go_on_helping(helper: Helper, *, actor: Actor) -> None:
    """Undo that help has ended. Safe to repeat. Effects: row."""
    _check_may_end(helper, actor)
    Helper.objects.filter(pk=helper.pk).update(until_on=None)
    forget_help(helper.user)


def _check_may_end(helper: Helper, actor: Actor) -> None:
    if actor.pk is None or actor.pk != helper.user_id:
        permissions.check("initiatives.work", actor, helper.initiative)
