"""Who may do what with a municipality's set-up."""

from typing import Any
from uuid import UUID

import rules

from grobunn.kernel.actors import Actor
from grobunn.kernel.permissions import Permission
from grobunn.organisations.models import SETTERS_UP, Absence, Municipality
from grobunn.organisations.queries import roles_of


def municipality_id_of(subject: Any) -> UUID | None:
    """The tenant of a subject: a municipality itself, or anything that belongs to one."""
    if isinstance(subject, Municipality):
        return subject.pk
    return getattr(subject, "municipality_id", None)


@rules.predicate
def may_set_up(actor: Actor, subject: Any = None) -> bool:
    """The innovation adviser and the chief executive of the municipality; without a subject, of any."""
    roles = roles_of(actor)
    if subject is None:
        return any(each.role in SETTERS_UP for each in roles.held)
    municipality_id = municipality_id_of(subject)
    return municipality_id is not None and roles.has(*SETTERS_UP, municipality_id=municipality_id)


@rules.predicate
def is_member_of_it(actor: Actor, subject: Any = None) -> bool:
    """Anybody with a role in the municipality; without a subject, in any."""
    roles = roles_of(actor)
    return bool(roles.held) if subject is None else municipality_id_of(subject) in roles.municipality_ids


@rules.predicate
def is_own_absence(actor: Actor, subject: Any = None) -> bool:
    """An absence of the person who asks, in a municipality where the person has a role; without one, True."""
    if not isinstance(subject, Absence):
        return is_member_of_it(actor, subject)
    return subject.user_id == actor.pk and is_member_of_it(actor, subject)


PERMISSIONS = {
    "organisations.set_up": Permission(
        may_set_up, "The municipality's innovation adviser and chief executive; an operator has no right to content."
    ),
    "organisations.print_poster": Permission(is_member_of_it, "Everybody with a role in the municipality."),
    "organisations.set_absence": Permission(
        is_own_absence | may_set_up,
        "Everybody with a role in the municipality, for themselves; the innovation adviser and the chief executive "
        "for anybody there.",
    ),
}
