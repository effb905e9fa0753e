"""Lets people in: somebody known gets the role at once, somebody new when the invitation is taken up."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django_scopes import scope

from grobunn.accounts.models import Invitation, User
from grobunn.accounts.queries import user_with_address
from grobunn.accounts.services.invitations import invite
from grobunn.kernel import clock
from grobunn.kernel.actors import SYSTEM, SystemActor
from grobunn.organisations import queries
from grobunn.organisations.errors import EndsBeforeStart, RoleAlreadyHeld
from grobunn.organisations.models import Municipality, Role, RoleAssignment, Unit
from grobunn.organisations.services.municipality import take_into_use
from grobunn.organisations.services.roles import give_role
from grobunn.organisations.services.units import add_unit


@dataclass(frozen=True)
class Joined:
    """What came of it: a role, or an invitation to one."""

    assignment: RoleAssignment | None = None
    invitation: Invitation | None = None


def let_in(
    municipality: Municipality,
    *,
    unit: Unit,
    email: str,
    name: str,
    role: str,
    from_on: date,
    to_on: date | None,
    actor: User | SystemActor,
) -> Joined:
    """Give somebody a role by e-mail address; who has no account is invited, and gets the role on joining.

    Raises:  EndsBeforeStart, RoleAlreadyHeld.
    Effects: role or invitation with its mail, audit.
    """
    known = user_with_address(email)
    if known is not None:
        given = give_role(unit, user=known, role=role, from_on=from_on, to_on=to_on, actor=actor)
        return Joined(assignment=given)
    if to_on is not None and to_on < from_on:
        raise EndsBeforeStart
    payload = {
        "unit": str(unit.pk),
        "role": role,
        "from_on": from_on.isoformat(),
        "to_on": to_on.isoformat() if to_on else None,
    }
    invitation = invite(
        email=email,
        name=name,
        municipality_id=municipality.pk,
        municipality_name=municipality.name,
        payload=payload,
        invited_by=actor if isinstance(actor, User) else None,
        language=municipality.language,
    )
    return Joined(invitation=invitation)


def begin_municipality(municipality: Municipality, *, email: str, name: str) -> Joined:
    """Let a municipality begin: it takes ideas, and one person can set it up.

    Raises:  RoleAlreadyHeld.
    Effects: a unit at the top where there is none, role or invitation with its mail, audit.
    """
    with transaction.atomic():
        if not municipality.is_in_use:
            take_into_use(municipality, actor=SYSTEM)
        tree = queries.unit_tree(municipality.pk)
        top = tree[0].unit if tree else add_unit(municipality, actor=SYSTEM, name=municipality.name)
        with scope(municipality=municipality.pk):
            return let_in(
                municipality,
                unit=top,
                email=email,
                name=name,
                role=Role.INNOVATION_ADVISER,
                from_on=clock.today(),
                to_on=None,
                actor=SYSTEM,
            )


def give_invited_role(
    *, user: User, municipality_id: UUID, invited_by: User | None, payload: dict[str, str | None]
) -> None:
    """Give the role of an invitation that was taken up; safe to repeat. Effects: row, audit."""
    unit_id, role = payload.get("unit"), payload.get("role")
    if not unit_id or role not in Role.values:
        return
    ends = payload.get("to_on")
    with transaction.atomic(), scope(municipality=municipality_id):
        unit = Unit.objects.filter(pk=unit_id).first()
        if unit is None:
            return
        try:
            give_role(
                unit,
                user=user,
                role=role,
                from_on=date.fromisoformat(payload.get("from_on") or clock.today().isoformat()),
                to_on=date.fromisoformat(ends) if ends else None,
                actor=invited_by or SYSTEM,
            )
        except RoleAlreadyHeld:
            return


def give_service_role(*, user: User, municipality_id: UUID) -> None:
    """Make a municipality's program an employee at its top: what it may do more, somebody gives it; safe to repeat.

    Effects: row, audit; nothing where there is no unit.
    """
    tree = queries.unit_tree(municipality_id)
    if not tree:
        return
    with transaction.atomic():
        try:
            give_role(tree[0].unit, user=user, role=Role.EMPLOYEE, actor=SYSTEM)
        except RoleAlreadyHeld:
            return
