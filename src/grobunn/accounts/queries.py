"""The one place reads of accounts are composed."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db.models import Q, QuerySet

from grobunn.accounts.models import ApiToken, Invitation, User
from grobunn.kernel import clock


@dataclass(frozen=True)
class TokenBearer:
    """Who holds a token, and what it is for."""

    token_id: UUID
    user: User
    scopes: frozenset[str]
    is_service: bool
    municipality_id: UUID | None
    last_used_on: date | None


def user_of_token(raw: str) -> TokenBearer | None:
    """Who holds a token, or None if it is unknown, expired or revoked or its holder has left; one SQL."""
    token = live_tokens().filter(digest=digest_of(raw), user__is_active=True).select_related("user").first()
    if token is None:
        return None
    return TokenBearer(
        token_id=token.pk,
        user=token.user,
        scopes=frozenset(token.scopes),
        is_service=token.user.is_service,
        municipality_id=token.municipality_id,
        last_used_on=token.last_used_on,
    )


def digest_of(raw: str) -> str:
    """What is kept of a token: it has 256 random bits, so that a plain hash guards it."""
    return hashlib.sha256(raw.encode()).hexdigest()


def live_tokens() -> QuerySet[ApiToken]:
    """Tokens that are neither revoked nor expired."""
    return ApiToken.objects.filter(revoked_at__isnull=True, expires_on__gt=clock.today())


def own_tokens(user: User) -> QuerySet[ApiToken]:
    """A person's own live tokens, newest first."""
    return live_tokens().filter(user=user, municipality_id__isnull=True).order_by("-made_at")


def tokens_of_municipality(municipality_id: UUID) -> QuerySet[ApiToken]:
    """The live tokens of a municipality's programs, newest first."""
    return live_tokens().filter(municipality_id=municipality_id).select_related("made_by").order_by("-made_at")


def open_invitations(municipality_id: UUID) -> QuerySet[Invitation]:
    """Invitations that nobody has taken up yet, newest first."""
    return (
        _open(Invitation.objects.filter(municipality_id=municipality_id))
        .select_related("invited_by")
        .order_by("-invited_at")
    )


def open_invitation(invitation_id: UUID) -> Invitation | None:
    """One invitation, if it can still be taken up."""
    return _open(Invitation.objects.filter(pk=invitation_id)).select_related("invited_by").first()


def _open(invitations: QuerySet[Invitation]) -> QuerySet[Invitation]:
    return invitations.filter(accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=clock.now())


@dataclass(frozen=True)
class SignInMeans:
    """How somebody can sign in."""

    has_password: bool
    has_app: bool
    passkeys: int
    has_recovery_codes: bool


def sign_in_means(user: User) -> SignInMeans:
    """What somebody has set up for signing in; one SQL."""
    kinds = list(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    return SignInMeans(
        has_password=user.has_usable_password(),
        has_app=Authenticator.Type.TOTP in kinds,
        passkeys=kinds.count(Authenticator.Type.WEBAUTHN),
        has_recovery_codes=Authenticator.Type.RECOVERY_CODES in kinds,
    )


def user_with_address(email: str) -> User | None:
    """The person whom an e-mail address belongs to: as the account's own, or as one that was proved to be theirs."""
    wanted = email.strip().lower()
    proved = EmailAddress.objects.filter(email=wanted, verified=True).values("user_id")
    return User.objects.filter(Q(email=wanted) | Q(pk__in=proved), is_service=False).first()


def users_with_addresses(emails: Collection[str]) -> dict[str, User]:
    """The people whom some e-mail addresses belong to, by the address asked for; two SQL.

    Takes:   addresses in lower case.
    """
    proved = EmailAddress.objects.filter(email__in=emails, verified=True, user__is_service=False)
    found = {address.email: address.user for address in proved.select_related("user")}
    return found | {user.email: user for user in User.objects.filter(email__in=emails, is_service=False)}
