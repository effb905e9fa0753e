"""The services that it needs: the mail server, the login provider."""

import json
import smtplib
import ssl
import urllib.request
from collections.abc import Iterator

from django.conf import settings

from grobunn.config.diagnosis.choices import is_public
from grobunn.config.diagnosis.findings import Finding, error, ok, warning
from grobunn.config.environment import Environment

PATIENCE_SECONDS = 10


def mail(environment: Environment) -> Iterator[Finding]:
    """Whether mails can be handed over."""
    subject = "Mail"
    server = settings.MAIL_SERVER
    if not server.host:
        if not environment.demo:
            yield warning(
                subject,
                "No mail is sent: whoever gave an e-mail address waits in vain.",
                "Set GROBUNN_SMTP_URL, such as smtp://user:password@mail.example.no:587?tls=starttls.",
            )
        return
    try:
        _greet(server.host, server.port)
    except (OSError, smtplib.SMTPException) as problem:
        yield error(subject, f"{server.host} does not take mail from us: {problem}", "Check GROBUNN_SMTP_URL.")
    else:
        yield ok(subject, f"{server.host} takes mail from us")
    if "@localhost" in environment.mail_from and is_public(environment):
        yield warning(subject, f"Mails say that they come from {environment.mail_from}.", "Set GROBUNN_MAIL_FROM.")


def _greet(host: str, port: int) -> None:
    """Say hello as mails will be sent: encrypted and signed in where the settings say so. Nothing is sent."""
    server = settings.MAIL_SERVER
    context = ssl.create_default_context()
    if server.is_tls_from_start:
        client: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=PATIENCE_SECONDS, context=context)
    else:
        client = smtplib.SMTP(host, port, timeout=PATIENCE_SECONDS)
    with client:
        if server.is_starttls:
            client.starttls(context=context)
        if server.user:
            client.login(server.user, server.password)
        client.noop()


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
