"""The way to the mail server: as the settings say, encrypted and signed in."""

import smtplib
import ssl

from django.conf import settings


class CertificateNotTrusted(smtplib.SMTPException):
    """The mail server's certificate does not hold; the message tells an operator why and what to do."""


def connect(*, timeout_seconds: float) -> smtplib.SMTP:
    """Open a connection over which letters can be handed over.

    Raises: CertificateNotTrusted; OSError or SMTPException if the server is away or refuses us.
    """
    host, port = settings.EMAIL_HOST, settings.EMAIL_PORT
    try:
        if settings.EMAIL_USE_SSL:
            server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=timeout_seconds, context=_trust())
        else:
            server = smtplib.SMTP(host, port, timeout=timeout_seconds)
        _introduce(server)
    except ssl.SSLCertVerificationError as error:
        raise CertificateNotTrusted(_words(host, error)) from error
    return server


def _introduce(server: smtplib.SMTP) -> None:
    """Encrypt what was not encrypted from the start, and sign in: never the other way round."""
    try:
        if settings.EMAIL_USE_TLS:
            server.starttls(context=_trust())
        if settings.EMAIL_HOST_USER:
            server.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
        server.ehlo_or_helo_if_needed()
    except (OSError, smtplib.SMTPException):
        server.close()
        raise


def _trust() -> ssl.SSLContext:
    """Whom we believe: the authorities that the machine trusts, and the operator's own."""
    context = ssl.create_default_context()
    if settings.EMAIL_CA_FILE:
        context.load_verify_locations(settings.EMAIL_CA_FILE)
    return context


def _words(host: str, error: ssl.SSLCertVerificationError) -> str:
    return (
        f"The certificate of {host} cannot be trusted: {error.verify_message}. Name the server in GROBUNN_SMTP_URL as "
        "its certificate does; if an authority of your own signed it, give that one's certificate in "
        "GROBUNN_SMTP_CA_FILE."
    )
