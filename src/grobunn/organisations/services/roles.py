"""Writes who has which role when."""

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Q
from django_scopes import scope

from grobunn.accounts.models import User
from grobunn.kernel import audit, clock, events
from grobunn.kernel.actors import Actor
from grobunn.organisations import queries
from grobunn.organisations.errors import EndsBeforeStart, NobodyLeftToSetUp, RoleAlreadyHeld
from grobunn.organisations.events import RoleEnded
from grobunn.organisations.models import SETTERS_UP, Municipality, RoleAssignment, Unit


def give_role(
    unit: Unit,
    *,
    user: User,
    role: str,
    actor: Actor,
    from_on: date | None = None,
    to_on: date | None = None,
    is_synthetic: bool = False,
) -> RoleAssignment:
    """Give somebody a role in a unit.

    Takes:   from_on, None for today; to_on, the last day, None for as long as it lasts.
    Raises:  EndsBeforeStart, RoleAlreadyHeld.
    Effects: row, audit.
    """
    begins = from_on or clock.today()
    if to_on is not None and to_on < begins:
        raise EndsBeforeStart
    assignment = RoleAssignment(
        municipality_id=unit.municipality_id,
        unit=unit,
        user=user,
        role=role,
        from_on=begins,
        to_on=to_on,
        is_synthetic=is_synthetic,
    )
    with transaction.atomic():
        _write(assignment)
        _record("organisations.give_role", assignment, actor)
    queries.forget_roles(user)
    return assignment


def end_role(assignment: RoleAssignment, *, last_day: date | None, actor: Actor) -> RoleAssignment:
    """Set the last day of a role, or take it away again (None: it goes on).

    Raises:  EndsBeforeStart, NobodyLeftToSetUp, RoleAlreadyHeld.
    Effects: row, audit; RoleEnded at once if the day has passed, else by the daily job.
    """
    if last_day is not None and last_day < assignment.from_on:
        raise EndsBeforeStart
    with transaction.atomic(), scope(municipality=assignment.municipality_id):
        Municipality.objects.select_for_update().only("pk").get(pk=assignment.municipality_id)
        if last_day is not None and assignment.role in SETTERS_UP and not _others_set_up(assignment, last_day):
            raise NobodyLeftToSetUp
        assignment.to_on = last_day
        assignment.is_end_told = False
        _write(assignment, "to_on", "is_end_told")
        _record("organisations.end_role", assignment, actor)
        if last_day is not None and last_day < clock.today():
            tell_end(assignment)
    queries.forget_roles(assignment.user)
    return assignment


def tell_end(assignment: RoleAssignment) -> None:
    """Tell that a role has ended, once. Effects: row, RoleEnded."""
    if assignment.to_on is None:
        return
    claimed = RoleAssignment.objects.filter(pk=assignment.pk, is_end_told=False).update(is_end_told=True)
    if not claimed:
        return
    assignment.is_end_told = True
    events.publish(
        RoleEnded(
            municipality_id=assignment.municipality_id,
            unit_id=assignment.unit_id,
            user_id=assignment.user_id,
            role=assignment.role,
            last_day=assignment.to_on,
        )
    )


def _others_set_up(assignment: RoleAssignment, last_day: date) -> bool:
    lasting = Q(to_on__isnull=True) | Q(to_on__gt=last_day)
    others = RoleAssignment.objects.filter(lasting, role__in=SETTERS_UP, user__is_active=True, user__is_service=False)
    return others.exclude(pk=assignment.pk).exists()


def _write(assignment: RoleAssignment, *fields: str) -> None:
    try:
        with transaction.atomic():
            assignment.save(update_fields=fields or None, force_insert=not fields)
    except IntegrityError as error:
        if "role_assignment_overlap" in str(error):
            raise RoleAlreadyHeld from error
        raise


def _record(action: str, assignment: RoleAssignment, actor: Actor) -> None:
    audit.record(
        action,
        actor=actor,
        subject=assignment,
        municipality_id=assignment.municipality_id,
        data={"role": assignment.role, "unit": str(assignment.unit_id), "user": str(assignment.user_id)},
    )
