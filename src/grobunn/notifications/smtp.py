"""Handing letters to the mail server, so that it is always known whether it has them.

A letter is the server's when the last line, a dot alone, has been answered with 250 (RFC 5321 §4.1.1.4). Everything
before the dot can be given up without a trace, so the claim in the database is committed between the last word and the
dot: only a death in that moment leaves a mail of which nobody knows.
"""

import enum
import re
import smtplib
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from django.conf import settings

from grobunn.notifications.connection import CertificateNotTrusted, connect
from grobunn.notifications.letters import Letter

# RFC 5321 §4.5.3.2.6: ten minutes for the answer to the dot; a server may be looking for viruses.
ANSWER_SECONDS = 600
_CLOSING_DOWN = 421


class Result(enum.Enum):
    """What became of one attempt."""

    ACCEPTED = "accepted"
    TRY_LATER = "try_later"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    NOT_CLAIMED = "not_claimed"


@dataclass(frozen=True)
class Outcome:
    """What became of one attempt, and what the server said.

    Takes: is_server_away, that the next letter would fare no better.
    """

    result: Result
    said: str = ""
    is_server_away: bool = False


class SmtpServer:
    """A connection to the mail server, opened for the first letter, kept for the next (context manager)."""

    def __init__(self) -> None:
        self._server: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._server is None:
            return
        if error is None:
            self._say_goodbye(self._server)
        self._drop()

    def carry(self, letter: Letter, *, claim: Callable[[], bool]) -> Outcome:
        """Hand over one letter.

        Takes: claim, called when all but the final dot has been sent; if it says no, the letter is not handed over.
        """
        try:
            server = self._connected()
            outcome = self._offered(server, letter)
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            return Outcome(Result.TRY_LATER, _words_of(error), is_server_away=True)
        if outcome is not None:
            return outcome
        if not claim():
            self._drop()  # Without the dot the server forgets the letter.
            return Outcome(Result.NOT_CLAIMED)
        try:
            return self._finished(server)
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            return Outcome(Result.UNKNOWN, _words_of(error), is_server_away=True)

    def _connected(self) -> smtplib.SMTP:
        if self._server is not None:
            return self._server
        self._server = connect(timeout_seconds=settings.EMAIL_TIMEOUT)
        return self._server

    def _offered(self, server: smtplib.SMTP, letter: Letter) -> Outcome | None:
        """Everything up to the dot: the outcome if the server refuses, None when only the dot is missing."""
        code, said = server.mail(letter.sender)
        if code >= 400:  # Our own address is refused: that is for the operator to set right, not this letter's fault.
            self._drop()
            return Outcome(Result.TRY_LATER, _answer(code, said), is_server_away=True)
        code, said = server.rcpt(letter.recipient)
        if code >= 400:
            return self._refusal(server, code, said)
        code, said = server.docmd("DATA")
        if code != 354:
            return self._refusal(server, code, said)
        server.send(_dots_doubled(letter.content))
        return None

    def _finished(self, server: smtplib.SMTP) -> Outcome:
        if server.sock is not None:
            server.sock.settimeout(ANSWER_SECONDS)
        server.send(b".\r\n")
        code, said = server.getreply()
        if code >= 400:
            return self._refusal(server, code, said)
        if server.sock is not None:
            server.sock.settimeout(settings.EMAIL_TIMEOUT)
        return Outcome(Result.ACCEPTED, _answer(code, said))

    def _refusal(self, server: smtplib.SMTP, code: int, said: bytes) -> Outcome:
        """What a refusal means: 4xx is for now, 5xx for good (RFC 5321 §4.2.1)."""
        is_away = code == _CLOSING_DOWN
        try:
            server.rset()
        except (OSError, smtplib.SMTPException):  # It has said no and hung up: the no counts.
            self._drop()
        result = Result.REFUSED if code >= 500 else Result.TRY_LATER
        return Outcome(result, _answer(code, said), is_server_away=is_away)

    def _drop(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None

    @staticmethod
    def _say_goodbye(server: smtplib.SMTP) -> None:
        try:
            server.quit()
        except (OSError, smtplib.SMTPException):  # It has every letter; how it says goodbye changes nothing.
            return


def _dots_doubled(content: bytes) -> bytes:
    """A line that begins with a dot gets a second one, so that it is not the end (RFC 5321 §4.5.2)."""
    ended = content if content.endswith(b"\r\n") else content + b"\r\n"
    return re.sub(rb"(?m)^\.", b"..", ended)


def _answer(code: int, said: bytes) -> str:
    return f"{code} {said.decode(errors='replace')}"[:1000]


def _words_of(error: Exception) -> str:
    if isinstance(error, CertificateNotTrusted):
        return str(error)[:1000]
    return f"{type(error).__name__}: {error}"[:1000]
