"""Makes users, takes them out of use and removes them."""

from collections.abc import Mapping
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import IntegrityError, transaction

from grobunn.accounts import events, mails
from grobunn.accounts.models import ApiToken, Invitation, User
from grobunn.accounts.queries import users_with_addresses
from grobunn.kernel import audit, clock
from grobunn.kernel.actors import Actor
from grobunn.kernel.events import publish


def ensure_user(*, email: str, name: str, language: str = "", is_synthetic: bool = False) -> User:
    """The user with an e-mail address, made without a password if there is none.

    Takes:   email, an address that the caller vouches for: whoever reads its mail may take the account in use.
    Returns: the user; name, language and the rest of one that exists are left as they are.
    Effects: row, verified address.
    """
    wanted = email.strip().lower()
    with transaction.atomic():
        user = User.objects.filter(email=wanted).first()
        if user is None:
            user = _made_once(wanted, name=name, language=language, is_synthetic=is_synthetic)
        EmailAddress.objects.get_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
    return user


def _made_once(email: str, **fields: Any) -> User:
    try:
        with transaction.atomic():
            return User.objects.create_user(email, **fields)
    except IntegrityError:  # Another request of the same moment was first.
        return User.objects.get(email=email)


def ensure_users(names: Mapping[str, str]) -> dict[str, User]:
    """The people with some e-mail addresses, made without a password where there are none; `ensure_user` for many.

    Takes:   names by address in lower case; the caller vouches for every one.
    Effects: rows, verified addresses; a few SQL for every thousand.
    """
    with transaction.atomic():
        known = users_with_addresses(names)
        new = [User(email=email, name=name.strip()) for email, name in names.items() if email not in known]
        for user in new:
            user.set_unusable_password()
        User.objects.bulk_create(new, batch_size=1000)
        addresses = [EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in new]
        EmailAddress.objects.bulk_create(addresses, batch_size=1000)
    return known | {user.email: user for user in new}


def rename_user(user: User, *, name: str, language: str) -> None:
    """Change what somebody is called and the language they read. Effects: row."""
    user.name = name.strip()
    user.language = language
    user.save(update_fields=["name", "language"])


def take_out_of_use(user: User, *, actor: Actor) -> None:
    """Close the account of somebody who has left: at once, everywhere. Safe to repeat.

    Effects: row, tokens revoked, sessions ended, audit, UserLeft.
    """
    with transaction.atomic():
        claimed = User.objects.filter(pk=user.pk, is_active=True).update(is_active=False)
        user.is_active = False
        if not claimed:
            return
        ApiToken.objects.filter(user=user, revoked_at__isnull=True).update(revoked_at=clock.now())
        _end_sessions(user)
        audit.record("accounts.take_out_of_use", actor=actor, subject=user)
        publish(events.UserLeft(user_id=user.pk))


def take_into_use_again(user: User, *, actor: Actor) -> None:
    """Open the account of somebody who came back. Tokens stay revoked. Effects: row, audit."""
    with transaction.atomic():
        if User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
            user.is_active = True
            audit.record("accounts.take_into_use_again", actor=actor, subject=user)


def set_operator(user: User, *, is_operator: bool, actor: Actor) -> None:
    """Make somebody an operator of the installation, or not one any more. Safe to repeat.

    Effects: row, audit.
    """
    with transaction.atomic():
        changed = User.objects.filter(pk=user.pk).exclude(is_operator=is_operator).update(is_operator=is_operator)
        user.is_operator = is_operator
        if changed:
            audit.record("accounts.set_operator", actor=actor, subject=user, data={"is_operator": is_operator})


def remove_second_steps(user: User, *, actor: Actor) -> int:
    """Remove an app, passkeys and recovery codes that their person can no longer use, and tell the person by mail.

    Returns: how many there were.
    Effects: rows, sessions ended, audit, mail.
    """
    with transaction.atomic():
        count, _by_model = Authenticator.objects.filter(user=user).delete()
        if not count:
            return 0
        _end_sessions(user)
        audit.record("accounts.remove_second_steps", actor=actor, subject=user, data={"count": count})
        mails.send(user.email, "accounts/mail/second_steps_removed", language=user.language)
    return count


def delete_user(user: User, *, actor: Actor) -> None:
    """Remove an account and everything that is only about its person.

    What others rely on stays without the name: references become null in the database, and features that keep the
    person's words decide themselves what becomes of them, told by the event.

    Effects: sessions, tokens, addresses, row; invitations to the addresses; audit (the id alone), UserDeleted.
    """
    user_id = user.pk
    with transaction.atomic():
        addresses = {user.email, *EmailAddress.objects.filter(user=user).values_list("email", flat=True)}
        Invitation.objects.filter(email__in=addresses).delete()
        _end_sessions(user)
        audit.record("accounts.delete_user", actor=actor, data={"user": str(user_id)})
        publish(events.UserDeleted(user_id=user_id))
        user.delete()


def _end_sessions(user: User) -> None:
    for session in UserSession.objects.filter(user=user):
        session.end()
