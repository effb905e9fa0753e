"""Who may do what with notices and mails."""

import rules
from django.conf import settings

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


@rules.predicate
def is_signed_in(actor: Actor, _subject: object = None) -> bool:
    """Whoever has an account and is signed in; the views fetch their own rows alone."""
    return bool(actor.is_authenticated)


@rules.predicate
def is_demo(_actor: Actor, _subject: object = None) -> bool:
    """Demo mode, where the mails are made up too."""
    return bool(settings.DEMO)


PERMISSIONS = {
    "notifications.read_own": Permission(is_signed_in, "Everybody who is signed in, their own."),
    "notifications.choose_own": Permission(is_signed_in, "Everybody who is signed in, for themselves."),
    "notifications.read_outbox": Permission(is_demo, "Anybody, in demo mode alone."),
    "notifications.deliver_mail": Permission(is_the_system, "The installation itself."),
    "notifications.mend_mail": Permission(is_operator, "The operator of the installation."),
}
