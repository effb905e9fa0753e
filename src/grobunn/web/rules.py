"""Who may see the pages that belong to no feature."""

import rules

from grobunn.kernel.permissions import Permission


@rules.predicate
def is_signed_in(actor: object, subject: object) -> bool:
    """Somebody with an account."""
    return bool(getattr(actor, "is_authenticated", False))


PERMISSIONS = {
    "web.see_own_work": Permission(is_signed_in, "Everybody signed in, and only what is their own."),
}
