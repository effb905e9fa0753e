"""What accounts hold about a person, for the page and the export."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from grobunn.accounts import privacy
from grobunn.accounts.models import ApiToken, Invitation, User


def register() -> None:
    """Tell what accounts hold."""
    privacy.register(
        "accounts",
        export,
        label=_("Your account and how you sign in"),
        purpose=_("So that you can sign in, and nobody else as you. Kept until the account is deleted."),
    )


def export(user: User) -> dict[str, Any]:
    """Everything about a person that accounts hold; no passwords, keys or codes."""
    return {
        "name": user.name,
        "email": user.email,
        "language": user.language,
        "joined_at": user.joined_at.isoformat(),
        "last_login": user.last_login.isoformat() if user.last_login else None,
        "addresses": _rows(EmailAddress.objects.filter(user=user), "email", "verified", "primary"),
        "second_factors": _rows(Authenticator.objects.filter(user=user), "type", "created_at", "last_used_at"),
        "sessions": _rows(UserSession.objects.filter(user=user), "user_agent", "created_at"),
        "logins_elsewhere": _rows(SocialAccount.objects.filter(user=user), "provider", "uid", "date_joined"),
        "tokens": _rows(
            ApiToken.objects.filter(user=user), "name", "beginning", "scopes", "made_at", "expires_on", "last_used_on"
        ),
        "invitations": _rows(Invitation.objects.filter(accepted_by=user), "email", "invited_at", "accepted_at"),
    }


def _rows(rows: QuerySet[Any], *fields: str) -> list[dict[str, Any]]:
    return [{name: _plain(value) for name, value in row.items()} for row in rows.order_by("pk").values(*fields)]


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
