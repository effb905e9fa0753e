"""Who may do what with capacity: predicates, and the one table of permissions."""

from typing import Any
from uuid import UUID

import rules

from grobunn.capacity.models import Source
from grobunn.kernel.permissions import Permission
from grobunn.organisations.models import LEADER_LINE, Municipality, Role, Unit
from grobunn.organisations.queries import ancestor_ids, roles_of

# Who may say that there is more because something needs it: the money and the people are theirs.
RAISERS = (Role.SECTOR_HEAD, Role.DIRECTOR, Role.CHIEF_EXEC)

Subject = Source | Municipality | None


def _tenant_of(subject: Source | Municipality) -> UUID:
    return subject.pk if isinstance(subject, Municipality) else subject.municipality_id


def _leads(actor: Any, unit: Unit, *roles: str) -> bool:
    """Whether somebody has one of some roles in a unit or above it."""
    held = roles_of(actor).unit_ids(*roles)
    return bool(held) and (unit.pk in held or not held.isdisjoint(ancestor_ids(unit)))


@rules.predicate
def is_member(actor: Any, subject: Subject) -> bool:
    """Has a role in the municipality; with none named, in any."""
    municipality_ids = roles_of(actor).municipality_ids
    return bool(municipality_ids) if subject is None else _tenant_of(subject) in municipality_ids


@rules.predicate
def leads_it(actor: Any, subject: Subject) -> bool:
    """Leader of the unit that a source belongs to, or above it; without a source, leads anything there."""
    if isinstance(subject, Source):
        return _leads(actor, subject.unit, *LEADER_LINE)
    roles = roles_of(actor)
    if subject is None:
        return any(held.role in LEADER_LINE for held in roles.held)
    return roles.has(*LEADER_LINE, municipality_id=subject.pk)


@rules.predicate
def is_adviser(actor: Any, subject: Subject) -> bool:
    """Innovation adviser of the municipality; with none named, of any."""
    roles = roles_of(actor)
    if subject is None:
        return any(held.role == Role.INNOVATION_ADVISER for held in roles.held)
    return roles.has(Role.INNOVATION_ADVISER, municipality_id=_tenant_of(subject))


@rules.predicate
def may_raise(actor: Any, subject: Subject) -> bool:
    """Head of sector, director or chief executive in the source's unit or above it, or the unit's own manager."""
    if isinstance(subject, Source):
        own = subject.unit_id in roles_of(actor).unit_ids(*LEADER_LINE)
        return own or _leads(actor, subject.unit, *RAISERS)
    return leads_it.test(actor, subject)


PERMISSIONS = {
    "capacity.view": Permission(is_member, "Everybody with a role in the municipality."),
    "capacity.declare": Permission(
        leads_it | is_adviser, "Leaders of the unit whose capacity it is and those above, and the innovation adviser."
    ),
    "capacity.raise": Permission(
        may_raise,
        "The manager of the unit whose capacity it is; heads of sector, directors and the chief executive above it.",
    ),
    "capacity.tell_hours": Permission(is_member, "Everybody with a role in the municipality, of their own hours only."),
}
