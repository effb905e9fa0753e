"""Who may do what with initiatives: predicates, and the one table of permissions."""

from typing import Any
from uuid import UUID

import rules

from grobunn.capacity.kinds import Kind
from grobunn.ideas.models import Visibility
from grobunn.initiatives.models import Initiative
from grobunn.initiatives.queries.helpers import help_of
from grobunn.kernel.actors import SystemActor
from grobunn.kernel.permissions import Permission
from grobunn.organisations.models import LEADER_LINE, Municipality, Role
from grobunn.organisations.queries import ancestor_ids, roles_of

Subject = Initiative | Municipality | None


def _tenant_of(subject: Initiative | Municipality) -> UUID:
    return subject.pk if isinstance(subject, Municipality) else subject.municipality_id


def _has_there(actor: Any, subject: Subject, *wanted: str) -> bool:
    if subject is None:
        return any(held.role in wanted for held in roles_of(actor).held)
    return roles_of(actor).has(*wanted, municipality_id=_tenant_of(subject))


@rules.predicate
def is_system(actor: Any, subject: Subject) -> bool:
    """The installation itself."""
    return isinstance(actor, SystemActor)


@rules.predicate
def is_member(actor: Any, subject: Subject) -> bool:
    """Has a role in the municipality; with none named, in any."""
    municipality_ids = roles_of(actor).municipality_ids
    return bool(municipality_ids) if subject is None else _tenant_of(subject) in municipality_ids


@rules.predicate
def is_adviser(actor: Any, subject: Subject) -> bool:
    """Innovation adviser of the municipality; with none named, of any."""
    return _has_there(actor, subject, Role.INNOVATION_ADVISER)


@rules.predicate
def leads_or_advises(actor: Any, subject: Subject) -> bool:
    """Leader or innovation adviser of the municipality; with none named, of any."""
    return _has_there(actor, subject, *LEADER_LINE, Role.INNOVATION_ADVISER)


@rules.predicate
def is_open_to_member(actor: Any, initiative: Initiative | None) -> bool:
    """Visible to everybody who works in the municipality."""
    return initiative is None or initiative.visibility != Visibility.INTERNAL


@rules.predicate
def is_owner(actor: Any, initiative: Initiative | None) -> bool:
    """Owns it, or stands in for the owner's role; with none yet, could."""
    if initiative is None:
        return _has_there(actor, None, *LEADER_LINE)
    if actor.pk is None or initiative.municipality_id not in roles_of(actor).municipality_ids:
        return False
    return actor.pk == initiative.owner_id or any(
        held.is_stand_in and held.unit_id == initiative.owner_unit_id and held.role == initiative.owner_role
        for held in roles_of(actor).held
    )


@rules.predicate
def is_above(actor: Any, initiative: Initiative | None) -> bool:
    """Leads above the owner: a higher role in the owner's unit, a leader of a unit above it, the chief executive."""
    if initiative is None:
        return _has_there(actor, None, *LEADER_LINE)
    roles = roles_of(actor)
    if roles.has(Role.CHIEF_EXEC, municipality_id=initiative.municipality_id):
        return True
    role = initiative.owner_role
    # Above the adviser who keeps the place are all leaders of the unit; above the chief executive is nobody.
    higher = LEADER_LINE[LEADER_LINE.index(Role(role)) + 1 :] if role in LEADER_LINE else LEADER_LINE
    if higher and initiative.owner_unit_id in roles.unit_ids(*higher):
        return True
    leading = roles.unit_ids(*LEADER_LINE)
    return bool(leading) and not leading.isdisjoint(ancestor_ids(initiative.owner_unit))


@rules.predicate
def helps(actor: Any, initiative: Initiative | None) -> bool:
    """Helps it, with whatever; with none yet, could."""
    if initiative is None:
        return bool(roles_of(actor).municipality_ids)
    return initiative.pk in help_of(actor)


@rules.predicate
def leads_the_work(actor: Any, initiative: Initiative | None) -> bool:
    """Helps it as its project lead; with none yet, could."""
    if initiative is None:
        return bool(roles_of(actor).municipality_ids)
    return Kind.PROJECT_LEAD in help_of(actor).get(initiative.pk, ())


# What costs nothing is asked first.
may_view = (is_member & is_open_to_member) | is_owner | is_adviser | helps | is_above

PERMISSIONS = {
    "initiatives.view": Permission(
        may_view,
        "Everybody with a role in the municipality unless it is internal; then its owner, helpers, the leaders above, "
        "the innovation adviser.",
    ),
    "initiatives.see_portfolio": Permission(
        is_member, "Everybody with a role in the municipality; each sees what they may."
    ),
    "initiatives.work": Permission(
        is_owner | is_adviser | leads_the_work, "The owner, the project lead, and the innovation adviser."
    ),
    "initiatives.help": Permission(
        is_owner | is_adviser | helps, "The owner, everybody who helps it, and the innovation adviser."
    ),
    "initiatives.plan": Permission(
        is_owner | is_adviser | is_above, "The owner, the leaders above, the innovation adviser."
    ),
    "initiatives.decide": Permission(is_owner | is_above, "The owner in the line, and the leaders above."),
    "initiatives.decide_above": Permission(is_above, "The leaders above the owner, and the chief executive."),
    "initiatives.give": Permission(
        is_owner | is_adviser | is_above, "The owner, the leaders above, the innovation adviser."
    ),
    "initiatives.accept": Permission(is_owner, "The owner who is asked."),
    "initiatives.reopen": Permission(is_above | is_adviser, "The leaders above the owner, and the innovation adviser."),
    "initiatives.import": Permission(is_adviser, "The municipality's innovation adviser."),
    "initiatives.export": Permission(leads_or_advises, "Leaders and innovation advisers of the municipality."),
    "initiatives.system": Permission(is_system, "The installation itself."),
}
