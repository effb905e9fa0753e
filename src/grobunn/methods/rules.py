"""Who may do what with methods: the one table of permissions."""

from typing import Any

import rules

from grobunn.kernel.permissions import Permission
from grobunn.organisations.models import SETTERS_UP, Municipality
from grobunn.organisations.queries import roles_of


@rules.predicate
def sets_up(actor: Any, municipality: Municipality | None) -> bool:
    """The innovation adviser and the chief executive of a municipality; with none named, of any."""
    roles = roles_of(actor)
    if municipality is None:
        return any(held.role in SETTERS_UP for held in roles.held)
    return roles.has(*SETTERS_UP, municipality_id=municipality.pk)


@rules.predicate
def is_member(actor: Any, municipality: Municipality | None) -> bool:
    """Has a role in a municipality; with none named, in any."""
    municipality_ids = roles_of(actor).municipality_ids
    return bool(municipality_ids) if municipality is None else municipality.pk in municipality_ids


PERMISSIONS = {
    "methods.view": Permission(is_member, "Everybody with a role in the municipality."),
    "methods.set_up": Permission(sets_up, "The municipality's innovation adviser and chief executive."),
}
