"""Invites people to join and lets them in, once."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.urls import reverse

from grobunn.accounts import mails, queries
from grobunn.accounts.events import InvitationAccepted
from grobunn.accounts.models import Invitation, User
from grobunn.accounts.services.users import ensure_user
from grobunn.kernel import audit, clock
from grobunn.kernel.actors import SYSTEM, Actor
from grobunn.kernel.events import publish

# Two weeks: long enough for a holiday, short enough that a lost mail does not stay open.
OPEN_FOR = timedelta(days=14)
_signer = Signer(salt="accounts.invitation")


class InvitationClosed(Exception):  # noqa: N818 -- a business refusal, named for what is so
    """The invitation was taken up, withdrawn or is too old, or its link is not one of ours."""


class InvitedIsAnother(Exception):  # noqa: N818
    """Somebody else than the invited person is signed in."""


def invite(
    *,
    email: str,
    municipality_id: UUID,
    municipality_name: str,
    payload: Mapping[str, Any],
    invited_by: User | None,
    name: str = "",
    language: str = "",
) -> Invitation:
    """Invite somebody by e-mail. Who may invite, and to what, is for the calling feature to check.

    Takes:   payload, ids and codes that come back in InvitationAccepted; language, of the mail; invited_by, None when
             it is those who run the installation.
    Returns: the invitation; earlier open ones to the same address in the municipality are withdrawn.
    Effects: rows, mail, audit.
    """
    wanted, now = email.strip().lower(), clock.now()
    with transaction.atomic():
        queries.open_invitations(municipality_id).filter(email=wanted).update(withdrawn_at=now)
        invitation = Invitation.objects.create(
            municipality_id=municipality_id,
            email=wanted,
            name=name.strip(),
            language=language,
            payload=dict(payload),
            invited_by=invited_by,
            invited_at=now,
            expires_at=now + OPEN_FOR,
        )
        _send(invitation, municipality_name=municipality_name)
        audit.record("accounts.invite", actor=invited_by or SYSTEM, subject=invitation, municipality_id=municipality_id)
    return invitation


def _send(invitation: Invitation, *, municipality_name: str) -> None:
    mails.send(
        invitation.email,
        "accounts/mail/invitation",
        language=invitation.language,
        invitation=invitation,
        invited_by=invitation.invited_by,
        municipality=municipality_name,
        url=settings.SITE_URL + reverse("accounts:invitation", kwargs={"key": key_of(invitation)}),
    )


def key_of(invitation: Invitation) -> str:
    """What stands in the link of an invitation: its id, signed."""
    return _signer.sign(str(invitation.pk))


def invitation_of_key(key: str) -> Invitation:
    """The open invitation that a link leads to.

    Raises:  InvitationClosed.
    """
    try:
        invitation = queries.open_invitation(UUID(_signer.unsign(key)))
    except (BadSignature, ValueError) as error:
        raise InvitationClosed from error
    if invitation is None:
        raise InvitationClosed
    return invitation


def accept_as_new(invitation: Invitation, *, name: str, password: str) -> User:
    """Take up an invitation as somebody who has no account yet.

    Raises:  InvitationClosed if it was taken up meanwhile, or an account with the address exists.
    Effects: user with a verified address, row, audit, InvitationAccepted.
    """
    with transaction.atomic():
        _claim(invitation)
        if queries.user_with_address(invitation.email) is not None:
            raise InvitationClosed
        user = ensure_user(email=invitation.email, name=name, language=invitation.language)
        user.set_password(password)
        user.save(update_fields=["password"])
        _let_in(user, invitation)
    return user


def accept_as(user: User, invitation: Invitation) -> None:
    """Take up an invitation as the signed-in person whom it was sent to.

    Raises:  InvitationClosed, InvitedIsAnother.
    Effects: row, audit, InvitationAccepted.
    """
    if queries.user_with_address(invitation.email) != user:
        raise InvitedIsAnother
    with transaction.atomic():
        _claim(invitation)
        _let_in(user, invitation)


def _claim(invitation: Invitation) -> None:
    """Take the invitation, so that nobody else can: of two at the same moment the second waits, and is refused."""
    now = clock.now()
    claimed = Invitation.objects.filter(
        pk=invitation.pk, accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=now
    ).update(accepted_at=now)
    if not claimed:
        raise InvitationClosed


def _let_in(user: User, invitation: Invitation) -> None:
    Invitation.objects.filter(pk=invitation.pk).update(accepted_by=user)
    audit.record("accounts.accept_invitation", actor=user, subject=invitation)
    publish(
        InvitationAccepted(
            invitation_id=invitation.pk,
            user_id=user.pk,
            municipality_id=invitation.municipality_id,
            invited_by_id=invitation.invited_by_id,
            payload=invitation.payload,
        )
    )


def withdraw_invitation(invitation: Invitation, *, actor: Actor) -> None:
    """Close an open invitation; its link no longer works. Safe to repeat. Effects: row, audit."""
    with transaction.atomic():
        claimed = Invitation.objects.filter(
            pk=invitation.pk, accepted_at__isnull=True, withdrawn_at__isnull=True
        ).update(withdrawn_at=clock.now())
        if claimed:
            audit.record(
                "accounts.withdraw_invitation",
                actor=actor,
                subject=invitation,
                municipality_id=invitation.municipality_id,
            )
