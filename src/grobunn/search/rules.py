"""Who may do what with search; what is found is decided by the source of each object."""

from typing import Any

import rules

from grobunn.kernel.actors import Actor
from grobunn.kernel.permissions import Permission
from grobunn.organisations.rules import may_set_up


@rules.predicate
def is_signed_in(actor: Actor, subject: Any = None) -> bool:
    """Somebody with an account."""
    return bool(getattr(actor, "is_authenticated", False))


PERMISSIONS = {
    "search.save": Permission(is_signed_in, "Everybody signed in, for themselves."),
    "search.see_unmet": Permission(may_set_up, "The municipality's innovation adviser and chief executive."),
    "search.set_synonyms": Permission(may_set_up, "The municipality's innovation adviser and chief executive."),
}
