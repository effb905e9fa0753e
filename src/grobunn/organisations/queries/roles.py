"""Reads of roles: what somebody is today, in person or by standing in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q

from grobunn.kernel import clock
from grobunn.kernel.actors import Actor
from grobunn.organisations.models import (
    CARRIED_BY_STAND_IN,
    SETTERS_UP,
    Municipality,
    Role,
)
from grobunn.organisations.queries.municipalities import municipality_by_id

# Every page of somebody signed in asks this, and composing it from models takes ten times as long as answering it.
_HELD = """
SELECT role, unit_id, municipality_id, false FROM organisations_roleassignment
 WHERE user_id = %(user)s AND from_on <= %(on)s AND (to_on IS NULL OR to_on >= %(on)s)
 UNION
SELECT carried.role, carried.unit_id, carried.municipality_id, true
  FROM organisations_absence away
  JOIN organisations_roleassignment carried USING (user_id, municipality_id)
 WHERE away.stand_in_id = %(user)s AND %(on)s BETWEEN away.from_on AND away.to_on
   AND carried.role = ANY(%(carried)s)
   AND carried.from_on <= %(on)s AND (carried.to_on IS NULL OR carried.to_on >= %(on)s)
"""


@dataclass(frozen=True)
class RoleHeld:
    """A role that somebody has today, in person or by standing in for somebody who is away."""

    role: str
    unit_id: UUID
    municipality_id: UUID
    is_stand_in: bool = False


@dataclass(frozen=True)
class Roles:
    """Everything that somebody is today, in every municipality."""

    held: tuple[RoleHeld, ...] = ()

    def has(self, *roles: str, municipality_id: UUID) -> bool:
        """Whether one of the roles is held in a municipality."""
        return any(each.role in roles and each.municipality_id == municipality_id for each in self.held)

    def unit_ids(self, *roles: str) -> frozenset[UUID]:
        """Units in which one of the roles is held; without roles, every unit of the person."""
        return frozenset(each.unit_id for each in self.held if not roles or each.role in roles)

    @cached_property
    def municipality_ids(self) -> frozenset[UUID]:
        """Municipalities in which any role is held."""
        return frozenset(each.municipality_id for each in self.held)

    def in_municipality(self, municipality_id: UUID) -> tuple[RoleHeld, ...]:
        """What is held in one municipality."""
        return tuple(each for each in self.held if each.municipality_id == municipality_id)


NO_ROLES = Roles()


def roles_of(actor: Actor) -> Roles:
    """What somebody is today; one SQL, kept on the actor for the rest of the request.

    Returns: no roles for the signed-out, the system and holders of receipts.
    """
    if not actor.is_authenticated or actor.pk is None:
        return NO_ROLES
    today = clock.today()
    kept: tuple[date, Roles] | None = getattr(actor, "_roles_held", None)
    if kept is not None and kept[0] == today:
        return kept[1]
    roles = Roles(held=tuple(_roles_held(actor.pk, today)))
    actor._roles_held = (today, roles)  # type: ignore[attr-defined]
    return roles


def forget_roles(actor: Actor) -> None:
    """Read somebody's roles afresh the next time they are asked for on this instance."""
    if hasattr(actor, "_roles_held"):
        del actor._roles_held


def _roles_held(user_id: UUID, on: date) -> Iterable[RoleHeld]:
    wanted: dict[str, Any] = {"user": user_id, "on": on, "carried": list(CARRIED_BY_STAND_IN)}
    with connection.cursor() as cursor:
        cursor.execute(_HELD, wanted)
        return [RoleHeld(*row) for row in sorted(cursor.fetchall(), key=str)]


def holds_on(on: date) -> Q:
    """Role assignments that are valid on a day."""
    return Q(from_on__lte=on) & (Q(to_on__isnull=True) | Q(to_on__gte=on))


def lasts_on(on: date) -> Q:
    """Absences that cover a day."""
    return Q(from_on__lte=on, to_on__gte=on)


def is_member(actor: Actor, municipality_id: UUID) -> bool:
    """Whether somebody has any role in a municipality today."""
    return municipality_id in roles_of(actor).municipality_ids


def home_of(actor: Actor) -> Municipality | None:
    """The municipality that somebody belongs to, for pages that belong to none; no further SQL once known."""
    held = sorted(roles_of(actor).held, key=lambda each: (each.is_stand_in, str(each.municipality_id)))
    return municipality_by_id(held[0].municipality_id) if held else None


def municipalities_set_up_by(actor: Actor) -> dict[UUID, str]:
    """Names of the municipalities that somebody may set up, by id."""
    held = {each.municipality_id for each in roles_of(actor).held if each.role in SETTERS_UP}
    return {municipality_id: municipality_by_id(municipality_id).name for municipality_id in sorted(held)}


def is_adviser(actor: Actor, municipality_id: UUID) -> bool:
    """Whether somebody is the municipality's innovation adviser today, or stands in for the adviser."""
    return roles_of(actor).has(Role.INNOVATION_ADVISER, municipality_id=municipality_id)
