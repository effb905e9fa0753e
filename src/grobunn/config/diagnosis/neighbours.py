"""The services that it needs: the mail server, the login provider."""

import json
import smtplib
import urllib.request
from collections.abc import Iterator

from django.conf import settings

from grobunn.config.diagnosis.choices import is_public
from grobunn.config.diagnosis.findings import Finding, error, ok, warning
from grobunn.config.environment import Environment
from grobunn.notifications.connection import CertificateNotTrusted, connect

PATIENCE_SECONDS = 10


def mail(environment: Environment) -> Iterator[Finding]:
    """Whether mails can be handed over."""
    subject, host = "Mail", settings.EMAIL_HOST
    if not host:
        if not environment.demo:
            yield warning(
                subject,
                "No mail is sent: whoever gave an e-mail address waits in vain.",
                "Set GROBUNN_SMTP_URL, such as smtp://user:password@mail.example.no:587?tls=starttls.",
            )
        return
    try:
        with connect(timeout_seconds=PATIENCE_SECONDS) as client:  # As mails will be sent; nothing is sent.
            client.noop()
    except CertificateNotTrusted as problem:
        yield error(subject, "The mail server is not who it should be.", str(problem))
    except (OSError, smtplib.SMTPException) as problem:
        yield error(subject, f"{host} does not take mail from us: {problem}", "Check GROBUNN_SMTP_URL.")
    else:
        yield ok(subject, f"{host} takes mail from us")
    if "@localhost" in environment.mail_from and is_public(environment):
        yield warning(subject, f"Mails say that they come from {environment.mail_from}.", "Set GROBUNN_MAIL_FROM.")


def sign_in(environment: Environment) -> Iterator[Finding]:
    """Whether the login provider tells about itself where it should."""
    subject, issuer = "Sign-in", environment.oidc_issuer.rstrip("/")
    if not issuer:
        return
    if not issuer.startswith("https://") and is_public(environment):
        yield error(subject, f"{issuer} is not encrypted.", "Use the provider's https:// address.")
        return
    url = f"{issuer.removesuffix('/.well-known/openid-configuration')}/.well-known/openid-configuration"
    try:
        with urllib.request.urlopen(url, timeout=PATIENCE_SECONDS) as answer:  # noqa: S310 -- http(s), the operator's own choice
            told = json.load(answer)
    except (OSError, ValueError) as problem:
        yield error(subject, f"{issuer} does not answer as a login provider: {problem}", "Check GROBUNN_OIDC_ISSUER.")
        return
    if str(told.get("issuer", "")).rstrip("/") != issuer:
        yield error(
            subject, f"The provider calls itself {told.get('issuer')}.", "Set GROBUNN_OIDC_ISSUER to just that."
        )
    else:
        yield ok(subject, f"{environment.oidc_name} answers")
