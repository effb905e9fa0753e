"""Forms of one's own account; those that belong to allauth get our words and lose their placeholders."""

from collections.abc import Mapping
from typing import Any, cast
from uuid import UUID

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.conf import settings
from django.contrib.auth import password_validation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from grobunn.accounts.models import User
from grobunn.kernel.api import scopes

Labels = dict[str, Any]


class _OurWords(forms.Form):
    """Labels and hints of a library's form in our words; passwords that differ are told so in them too."""

    our_labels: Labels = {}
    our_hints: Labels = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.our_labels.get(name, field.label)
            field.help_text = self.our_hints.get(name, "")

    def add_error(self, field: str | None, error: Any) -> None:
        is_second = field == "password2" and isinstance(error, str | Promise)
        super().add_error(field, _("The two passwords are not the same.") if is_second else error)


class LoginForm(_OurWords, account.LoginForm):
    our_labels = {
        "login": _("E-mail address"),
        "password": _("Password"),
        "remember": _("Stay signed in on this device"),
    }


class ReauthenticateForm(_OurWords, account.ReauthenticateForm):
    our_labels = {"password": _("Password")}


class ChangeEmailForm(_OurWords, account.AddEmailForm):
    our_labels = {"email": _("New e-mail address")}
    our_hints = {"email": _("We send a link to the new address. The change is made when you open it.")}


class ChangePasswordForm(_OurWords, account.ChangePasswordForm):
    our_labels = {
        "oldpassword": _("Password now"),
        "password1": _("New password"),
        "password2": _("New password once more"),
    }
    our_hints = {"password1": _("At least 12 characters. Three words that only you would put together are good.")}


class SetPasswordForm(_OurWords, account.SetPasswordForm):
    our_labels = ChangePasswordForm.our_labels
    our_hints = ChangePasswordForm.our_hints


class ResetPasswordForm(_OurWords, account.ResetPasswordForm):
    our_labels = {"email": _("E-mail address")}


class ResetPasswordKeyForm(_OurWords, account.ResetPasswordKeyForm):
    our_labels = ChangePasswordForm.our_labels
    our_hints = ChangePasswordForm.our_hints


class AuthenticateForm(_OurWords, mfa.AuthenticateForm):
    our_labels = {"code": _("Code")}
    our_hints = {"code": _("From your authenticator app, or one of your recovery codes.")}


class ReauthenticateCodeForm(_OurWords, mfa.ReauthenticateForm):
    our_labels = AuthenticateForm.our_labels
    our_hints = AuthenticateForm.our_hints


class ActivateTOTPForm(_OurWords, totp.ActivateTOTPForm):
    our_labels = {"code": _("Code that the app shows")}


class AddPasskeyForm(_OurWords, webauthn.AddWebAuthnForm):
    our_labels = {"name": _("What you call it"), "passwordless": _("Let me sign in with it alone, without a password")}
    our_hints = {"name": _("So that you can tell it from others, such as “my phone”.")}


class RenamePasskeyForm(_OurWords, webauthn.EditWebAuthnForm):
    our_labels = {"name": _("What you call it")}


def _languages() -> list[tuple[str, Any]]:
    return [("", _("As my browser and municipality say")), *settings.LANGUAGES]


def _scopes() -> list[tuple[str, Any]]:
    return list(scopes.declared().items())


class ProfileForm(forms.Form):
    """What one is called, and the language one reads."""

    name = forms.CharField(label=_("Your name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        choices=_languages,
        help_text=_("Of pages and e-mails, whatever your browser asks for."),
    )


class InvitationForm(forms.Form):
    """What somebody without an account gives when they take up an invitation."""

    name = forms.CharField(label=_("Your name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    password = forms.CharField(
        label=_("Choose a password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 characters. Three words that only you would put together are good."),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        invited = User(email=self.email, name=self.cleaned_data.get("name", ""))
        password_validation.validate_password(password, invited)
        return password


EXPIRIES = [(30, _("In 30 days")), (90, _("In 90 days")), (365, _("In one year"))]


class TokenForm(forms.Form):
    """A new token: what it is for, and how long."""

    name = forms.CharField(
        label=_("What will use it"),
        max_length=100,
        help_text=_("So that you know it again, such as “report in Excel”."),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may be used for"),
        choices=_scopes,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("It can never do more than you yourself may do."),
    )
    days = forms.TypedChoiceField(label=_("When it ends"), coerce=int, choices=EXPIRIES, initial=90)


class ServiceTokenForm(TokenForm):
    """A token for a municipality's program."""

    municipality = forms.TypedChoiceField(label=_("Which municipality it belongs to"), coerce=UUID)

    field_order = ["municipality", "name", "scopes", "days"]

    def __init__(self, *args: Any, municipalities: Mapping[UUID, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scopes"].help_text = _("Within this, it may do what an employee of the municipality may do.")
        cast(forms.TypedChoiceField, self.fields["municipality"]).choices = list(municipalities.items())


class DeleteAccountForm(forms.Form):
    """That somebody means it."""

    email = forms.EmailField(
        label=_("Your e-mail address"), help_text=_("Write it to show that you mean it. This cannot be undone.")
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if email.strip().lower() != self.user.email:
            raise forms.ValidationError(_("This is not your e-mail address."))
        return email
