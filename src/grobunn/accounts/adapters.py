"""How allauth behaves here: nobody signs up by themselves, mails speak the reader's language, no address is kept."""

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from grobunn.accounts import queries
from grobunn.kernel.limits import address_of


class AccountAdapter(DefaultAccountAdapter):
    """Local accounts."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed."),
        "cannot_remove_primary_email": _("You cannot remove the address that you sign in with."),
        "duplicate_email": _("This is your address already."),
        "email_password_mismatch": _("The e-mail address or the password is wrong."),
        "email_taken": _("The address belongs to another account already."),
        "enter_current_password": _("This is not the password that you have now."),
        "incorrect_code": _("The code is wrong, or it is no longer valid."),
        "incorrect_password": _("The password is wrong."),
        "invalid_login": _("The e-mail address or the password is wrong."),
        "invalid_password_reset": _("The link no longer works. Ask for a new one."),
        "max_email_addresses": _("A change of address is waiting already."),
        "rate_limited": _("Too many tries. Wait a few minutes."),
        "same_as_current": _("This is the one that you have already."),
        "too_many_login_attempts": _("Too many tries. Wait a few minutes."),
        "unverified_primary_email": _("Confirm the address first, with the link that we sent you."),
    }
    ways_to_confirm = {
        "reauthenticate": _("With your password"),
        "mfa_reauthenticate": _("With a code from the app, or a recovery code"),
        "mfa_reauthenticate:webauthn": _("With a passkey"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts come from invitations, imports and a municipality's own login, never from a form."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """What the rate limits count by: a pseudonym of the address, good for a day."""
        return address_of(request)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """The ways in which somebody can confirm that it is they, in our words."""
        ways: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return [{**way, "description": self.ways_to_confirm[way["id"]]} for way in ways]

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a mail in its reader's language."""
        reader = queries.user_with_address(email)
        language = reader.language if reader and reader.language else translation.get_language()
        with translation.override(language):
            super().send_mail(template_prefix, email, {**context, "site_url": settings.SITE_URL})


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Login with an account elsewhere: it opens accounts that exist, and makes none."""

    error_messages = {
        **DefaultSocialAccountAdapter.error_messages,
        "connected_other": _("That account already lets somebody else in here."),
        "disconnect_last": _("Choose a password first: otherwise you could not sign in."),
        "invalid_token": _("The other service did not let you in"),
        "no_password": _("Choose a password first: otherwise you could not sign in."),
        "no_verified_email": _("Confirm your e-mail address first: otherwise you could not sign in."),
    }

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False


class MFAAdapter(DefaultMFAAdapter):
    """Second factors, whose secrets are not in the database in clear."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_generate_recovery_codes": _("Set up an app or a passkey first."),
        "incorrect_code": _("The code is wrong, or it is no longer valid."),
    }

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002 -- allauth's own name for it
        """What a new passkey is called until its owner says otherwise."""
        count = Authenticator.objects.filter(user=user, type=type).count()
        return gettext("Passkey %(number)s") % {"number": count + 1}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The site as the browser's dialogue names it; a passkey belongs to the host name that people use."""
        return {**super().get_public_key_credential_rp_entity(), "name": settings.MFA_TOTP_ISSUER}


def _cipher() -> Fernet:
    """The cipher of this installation's secret key: a copy of the database alone opens nothing."""
    digest = hashlib.sha256(b"grobunn.accounts.mfa" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))
