"""Addresses under /konto/: our own pages, and those of allauth that people meet here."""

from collections.abc import Callable

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount import views as social
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from allauth.usersessions import views as sessions
from django.http import HttpResponse
from django.urls import include, path, re_path
from django.views.decorators.cache import never_cache

from grobunn.accounts.views import demo, elsewhere, invitations, overview, privacy, tokens
from grobunn.kernel.permissions import open_to_all, requires

View = Callable[..., HttpResponse]

_entrance = open_to_all("Whoever signs in is not signed in yet.")


def _own(view: View) -> View:
    """A person's own page; codes and keys stand on some of them, so no browser keeps any."""
    return requires("accounts.manage_own")(never_cache(view))


ours = [
    path("", overview.overview, name="overview"),
    path("demo/", demo.sign_in_as_persona, name="demo"),
    path("invitasjon/<str:key>/", invitations.take_up_invitation, name="invitation"),
    path("nokler/", tokens.list_tokens, name="tokens"),
    path("nokler/ny/", tokens.make_token, name="make_token"),
    path("nokler/ny-tjeneste/", tokens.make_service_token, name="make_service_token"),
    path("nokler/<uuid:token_id>/trekk-tilbake/", tokens.revoke_token, name="revoke_token"),
    path("mine-data/", privacy.my_data, name="my_data"),
    path("mine-data/fil/", privacy.export_my_data, name="export_my_data"),
    path("slett/", privacy.delete_account, name="delete_account"),
]

# The names are allauth's own: it looks its addresses up by them.
entrance = [
    path("logg-inn/", _entrance(account.login), name="account_login"),
    path("logg-ut/", _entrance(account.logout), name="account_logout"),
    path("ny/", _entrance(account.signup), name="account_signup"),
    path("stengt/", _entrance(account.account_inactive), name="account_inactive"),
    path("passord/glemt/", _entrance(account.password_reset), name="account_reset_password"),
    path("passord/glemt/sendt/", _entrance(account.password_reset_done), name="account_reset_password_done"),
    path(
        "passord/glemt/ferdig/",
        _entrance(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^passord/glemt/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        _entrance(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path("e-post/sendt/", _entrance(account.email_verification_sent), name="account_email_verification_sent"),
    path("e-post/bekreft/<str:key>/", _entrance(account.confirm_email), name="account_confirm_email"),
    path("logg-inn/kode/", _entrance(mfa.authenticate), name="mfa_authenticate"),
    path("logg-inn/passnokkel/", _entrance(passkeys.login_webauthn), name="mfa_login_webauthn"),
    path("logg-inn/avbrutt/", _entrance(social.login_cancelled), name="socialaccount_login_cancelled"),
    path("logg-inn/feil/", _entrance(social.login_error), name="socialaccount_login_error"),
    path("logg-inn/ny/", _entrance(social.signup), name="socialaccount_signup"),
    path("oidc/<str:provider_id>/", elsewhere.sign_in_elsewhere, name="openid_connect_login"),
    path("oidc/<str:provider_id>/svar/", _entrance(openid_connect.callback), name="openid_connect_callback"),
]

own = [
    path("bekreft/", _own(account.reauthenticate), name="account_reauthenticate"),
    path("bekreft/kode/", _own(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("bekreft/passnokkel/", _own(passkeys.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("e-post/", _own(account.email), name="account_email"),
    path("passord/", _own(account.password_change), name="account_change_password"),
    path("passord/nytt/", _own(account.password_set), name="account_set_password"),
    path("totrinn/", _own(mfa.index), name="mfa_index"),
    path("totrinn/app/", _own(totp.activate_totp), name="mfa_activate_totp"),
    path("totrinn/app/fjern/", _own(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("totrinn/koder/", _own(recovery_codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("totrinn/koder/nye/", _own(recovery_codes.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("totrinn/koder/fil/", _own(recovery_codes.download_recovery_codes), name="mfa_download_recovery_codes"),
    path("passnokler/", _own(passkeys.list_webauthn), name="mfa_list_webauthn"),
    path("passnokler/ny/", _own(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path("passnokler/<int:pk>/fjern/", _own(passkeys.remove_webauthn), name="mfa_remove_webauthn"),
    path("passnokler/<int:pk>/navn/", _own(passkeys.edit_webauthn), name="mfa_edit_webauthn"),
    path("okter/", _own(sessions.list_usersessions), name="usersessions_list"),
    path("innlogginger/", _own(social.connections), name="socialaccount_connections"),
]

urlpatterns = [path("", include((ours, "accounts"))), *entrance, *own]
