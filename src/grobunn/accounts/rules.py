"""Who may do what with accounts."""

from typing import Any

import rules

from grobunn.accounts import delegation
from grobunn.kernel.actors import Actor
from grobunn.kernel.permissions import Permission


@rules.predicate
def is_person(actor: Actor, subject: Any = None) -> bool:
    """Somebody who is signed in, and no program."""
    return bool(actor.is_authenticated) and not getattr(actor, "is_service", False)


@rules.predicate
def is_own(actor: Actor, subject: Any = None) -> bool:
    """The thing belongs to the person; without a thing, anybody could have one."""
    return subject is None or subject.user_id == actor.pk


@rules.predicate
def may_hand_out(actor: Actor, subject: Any = None) -> bool:
    """May hand out access in the municipality that the thing belongs to; without a thing, in any."""
    offered = delegation.municipalities_of(actor)
    return bool(offered) if subject is None else subject.municipality_id in offered


PERMISSIONS = {
    "accounts.manage_own": Permission(is_person, "Everybody who is signed in, their own account."),
    "accounts.revoke_token": Permission(
        is_person & (is_own | may_hand_out), "Its own person; a program's token: whoever may set up its municipality."
    ),
    "accounts.make_service_token": Permission(
        is_person & may_hand_out, "Whoever may set up the municipality that the program belongs to."
    ),
}
