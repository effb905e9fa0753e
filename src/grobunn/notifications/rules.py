"""Who may do what with notices and mails."""

import rules

from grobunn.accounts.models import User
from grobunn.kernel.actors import Actor, SystemActor
from grobunn.kernel.permissions import Permission


@rules.predicate
def is_the_system(actor: Actor, _subject: object = None) -> bool:
    """The installation itself."""
    return isinstance(actor, SystemActor)


@rules.predicate
def is_operator(actor: Actor, _subject: object = None) -> bool:
    """Whoever runs the installation."""
    return isinstance(actor, User) and actor.is_active and actor.is_operator


PERMISSIONS = {
    "notifications.deliver_mail": Permission(is_the_system, "The installation itself."),
    "notifications.mend_mail": Permission(is_operator, "The operator of the installation."),
}
