"""A real mail server on loopback, that can be told what to answer."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class MailServer:
    """Keeps what it accepts; `answers` gives the next answers of a stage instead of "250 OK"."""

    def __init__(self) -> None:
        self.envelopes: list[Envelope] = []
        self.answers: dict[str, list[str]] = {"MAIL": [], "RCPT": [], "DATA": []}

    @property
    def mails(self) -> list[EmailMessage]:
        return [message_from_bytes(envelope.content, policy=policy.default) for envelope in self.envelopes]

    @property
    def recipients(self) -> list[str]:
        return [address for envelope in self.envelopes for address in envelope.rcpt_tos]

    def _answer(self, stage: str) -> str:
        return self.answers[stage].pop(0) if self.answers[stage] else "250 OK"

    async def handle_MAIL(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        answer = self._answer("MAIL")
        if answer.startswith("2"):
            envelope.mail_from = address
        return answer

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        answer = self._answer("RCPT")
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        answer = self._answer("DATA")
        if answer.startswith("2"):
            self.envelopes.append(envelope)
        if answer == "250 and hangs up":
            server.transport.abort()
        return answer


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running(server: MailServer, *, port: int = 0, **options: Any) -> Iterator[int]:
    """Run the server.

    Takes: options, of the library's server, such as its certificate.
    Gives: its port.
    """
    controller = Controller(server, hostname="127.0.0.1", port=port or free_port(), **options)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()
