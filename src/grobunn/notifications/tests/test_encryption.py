"""Mails on an encrypted way: to a real server with a certificate, whose authority the operator trusts or does not."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from django_scopes import scopes_disabled

from grobunn.notifications.addresses import ContactPoint
from grobunn.notifications.models import Mail
from grobunn.notifications.services.deliver import send_due_mails
from grobunn.notifications.states import MailState
from grobunn.notifications.tests.certificates import Authority
from grobunn.notifications.tests.factories import make_notice
from grobunn.notifications.tests.mailserver import MailServer, running
from grobunn.organisations.tests.factories import MunicipalityFactory

pytestmark = pytest.mark.django_db

Serve = Callable[..., AbstractContextManager[MailServer]]
WAYS = ["smtps", "starttls"]


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path)


@dataclass
class Doorkeeper:
    """Knows one user of the mail server, and remembers who came in."""

    let_in: list[bytes] = field(default_factory=list)

    def __call__(
        self, _server: SMTP, _session: Session, _letter: Envelope, _way: str, given: LoginPassword
    ) -> AuthResult:
        if given != LoginPassword(b"grobunn", b"hemmelig"):
            return AuthResult(success=False, handled=False)
        self.let_in.append(given.login)
        return AuthResult(success=True)


@pytest.fixture
def doorkeeper() -> Doorkeeper:
    return Doorkeeper()


@pytest.fixture
def serve(settings: Any, authority: Authority, doorkeeper: Doorkeeper) -> Serve:
    """A mail server that the settings name, which takes nothing in the clear."""
    settings.IS_MAIL_KEPT_IN_OUTBOX = False

    @contextmanager
    def serving(
        way: str, *, ends_in: timedelta = timedelta(days=1), address: str = "127.0.0.1"
    ) -> Iterator[MailServer]:
        certified = authority.certified(address, ends_in=ends_in)
        encrypted: dict[str, Any] = {"tls_context": certified, "require_starttls": True}
        if way == "smtps":  # The library calls encrypted only what it negotiated itself.
            encrypted = {"ssl_context": certified, "auth_require_tls": False}
        server = MailServer()
        with running(server, authenticator=doorkeeper, **encrypted) as port:
            settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
            settings.EMAIL_USE_SSL, settings.EMAIL_USE_TLS = way == "smtps", way == "starttls"
            yield server

    return serving


def the_mail() -> Mail:
    with scopes_disabled():
        return Mail.objects.get()


def make_mail() -> None:
    make_notice(ContactPoint("kari@example.org", "nb"), municipality=MunicipalityFactory())


@pytest.mark.parametrize("way", WAYS)
def test_mail_goes_encrypted_to_a_server_that_the_operators_authority_signed(
    serve: Serve, authority: Authority, settings: Any, way: str
) -> None:
    settings.EMAIL_CA_FILE = str(authority.file)
    make_mail()

    with serve(way) as server:
        sent = send_due_mails()

    assert (sent, server.recipients) == (1, ["kari@example.org"])
    assert the_mail().state == MailState.SENT


@pytest.mark.parametrize("way", WAYS)
def test_password_is_given_to_the_server_that_was_recognised(
    serve: Serve, authority: Authority, doorkeeper: Doorkeeper, settings: Any, way: str
) -> None:
    settings.EMAIL_CA_FILE = str(authority.file)
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "grobunn", "hemmelig"
    make_mail()

    with serve(way) as server:
        sent = send_due_mails()

    assert (sent, server.recipients) == (1, ["kari@example.org"])
    assert doorkeeper.let_in == [b"grobunn"]


def test_wrong_password_lets_mails_wait(serve: Serve, authority: Authority, settings: Any) -> None:
    settings.EMAIL_CA_FILE = str(authority.file)
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "grobunn", "glemt"
    make_mail()

    with serve("starttls") as server:
        sent = send_due_mails()

    assert (sent, server.mails) == (0, [])
    assert (the_mail().state, "535" in the_mail().problem) == (MailState.WAITING, True)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("trusts", "certificate", "reason"),
    [
        (False, {}, "unable to get local issuer certificate"),
        (True, {"ends_in": timedelta(days=-2)}, "certificate has expired"),
        (True, {"address": "127.0.0.9"}, "IP address mismatch"),
    ],
    ids=["unknown_authority", "expired", "other_server"],
)
def test_certificate_that_does_not_hold_gets_no_password_lets_mails_wait_and_says_why(
    serve: Serve,
    authority: Authority,
    doorkeeper: Doorkeeper,
    settings: Any,
    way: str,
    trusts: bool,
    certificate: dict[str, Any],
    reason: str,
) -> None:
    settings.EMAIL_CA_FILE = str(authority.file) if trusts else ""
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "grobunn", "hemmelig"
    make_mail()

    with serve(way, **certificate) as server:
        sent = send_due_mails()

    mail = the_mail()
    assert (sent, server.mails, mail.state, doorkeeper.let_in) == (0, [], MailState.WAITING, [])
    assert mail.problem.startswith("The certificate of 127.0.0.1 cannot be trusted: ")
    assert reason in mail.problem
    assert "GROBUNN_SMTP_CA_FILE" in mail.problem


def test_server_without_encryption_gets_nothing_where_it_was_asked_for(settings: Any) -> None:
    settings.IS_MAIL_KEPT_IN_OUTBOX = False
    make_mail()
    server = MailServer()

    with running(server) as port:
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", port, True
        sent = send_due_mails()

    assert (sent, server.mails, the_mail().state) == (0, [], MailState.WAITING)
    assert "STARTTLS" in the_mail().problem
