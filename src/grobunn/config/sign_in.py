"""Settings of signing in: what allauth offers here, and the municipality's own login if there is one."""

from typing import Any

from grobunn.config.environment import Environment

ACCOUNT_ADAPTER = "grobunn.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_MAX_EMAIL_ADDRESSES = 2  # The present one, and the one that it is being changed to.
ACCOUNT_EMAIL_NOTIFICATIONS = True  # A changed password or factor is told by mail.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # Nobody gets mail because somebody else wrote their address here.
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True  # The second factor is still asked for.
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# A whole municipality may sit behind one address: what is guessed at is limited by the account, far closer.
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": "60/m/ip,5/5m/key",
    "reset_password": "60/m/ip,5/m/key",
    "reset_password_from_key": "60/m/ip",
}
ACCOUNT_FORMS = {
    "login": "grobunn.accounts.forms.LoginForm",
    "reauthenticate": "grobunn.accounts.forms.ReauthenticateForm",
    "add_email": "grobunn.accounts.forms.ChangeEmailForm",
    "change_password": "grobunn.accounts.forms.ChangePasswordForm",
    "set_password": "grobunn.accounts.forms.SetPasswordForm",
    "reset_password": "grobunn.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "grobunn.accounts.forms.ResetPasswordKeyForm",
}

MFA_ADAPTER = "grobunn.accounts.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Grobunn"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # Nobody signs up alone, so a second step need not bar a change of address.
MFA_TOTP_TOLERANCE = 1  # A clock that is half a minute wrong still lets its owner in.
MFA_FORMS = {
    "authenticate": "grobunn.accounts.forms.AuthenticateForm",
    "reauthenticate": "grobunn.accounts.forms.ReauthenticateCodeForm",
    "activate_totp": "grobunn.accounts.forms.ActivateTOTPForm",
    "add_webauthn": "grobunn.accounts.forms.AddPasskeyForm",
    "edit_webauthn": "grobunn.accounts.forms.RenamePasskeyForm",
}

SOCIALACCOUNT_ADAPTER = "grobunn.accounts.adapters.SocialAccountAdapter"
# Whoever proves there that an address is theirs is its person here, and is known by number from then on.
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_LOGIN_ON_GET = False


def sign_in_elsewhere(environment: Environment) -> dict[str, dict[str, Any]]:
    """The OpenID Connect provider that the operator gave: code flow with PKCE."""
    if not environment.oidc_issuer:
        return {}
    app = {
        "provider_id": "kommune",
        "name": environment.oidc_name,
        "client_id": environment.oidc_client_id,
        "secret": environment.oidc_client_secret.get_secret_value(),
        "settings": {"server_url": environment.oidc_issuer.rstrip("/")},
    }
    return {
        "openid_connect": {
            "APPS": [app],
            "OAUTH_PKCE_ENABLED": True,
        }
    }
