"""Send the mails that are due, each once."""

import logging
import re
from collections.abc import Callable
from typing import Any, Protocol, Self

from django.conf import settings
from django.template import TemplateDoesNotExist
from django.utils import translation
from django.utils.translation import gettext_noop
from django_scopes import scopes_disabled

from grobunn.kernel import jobs
from grobunn.notifications import kinds, queries
from grobunn.notifications.letters import Letter, letter_of
from grobunn.notifications.models import Mail, Notice
from grobunn.notifications.services import mails
from grobunn.notifications.smtp import Outcome, Result, SmtpServer
from grobunn.notifications.words import Words, words_of

logger = logging.getLogger(__name__)

# So that a worker that is asked to stop does so within a minute; the rest is for the next job.
MAILS_PER_JOB = 100


class Carrier(Protocol):
    """What takes letters over."""

    def __enter__(self) -> Self: ...

    def __exit__(self, kind: Any, error: Any, traceback: Any, /) -> None: ...

    def carry(self, letter: Letter, *, claim: Callable[[], bool]) -> Outcome: ...


class Outbox:
    """Demo mode's mail server: the mail stays in the outbox page and counts as sent."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: Any, error: Any, traceback: Any, /) -> None:
        return None

    def carry(self, letter: Letter, *, claim: Callable[[], bool]) -> Outcome:
        """Take a letter over. Takes: as SmtpServer's."""
        return Outcome(Result.ACCEPTED if claim() else Result.NOT_CLAIMED)


def send_due_mails() -> int:
    """Hand over what is due, until nothing is left, the server is away, or it is the next job's turn.

    Returns: how many mails the server took.
    """
    carrier = _carrier()
    if carrier is None:
        return 0
    sent = 0
    with carrier:
        for _turn in range(MAILS_PER_JOB):
            mail = mails.lease_next()
            if mail is None:
                return sent
            outcome = _sent(mail, carrier)
            sent += outcome.result == Result.ACCEPTED
            if outcome.is_server_away:
                logger.warning(
                    "The mail server takes no mails now; they wait. The reason stands with the mail %s.", mail.pk
                )
                return sent
    jobs.defer("notifications.send_mails")
    return sent


def _carrier() -> Carrier | None:
    """Where letters go; without a mail server they wait, and `grobunn check` says so."""
    if settings.IS_MAIL_KEPT_IN_OUTBOX:
        return Outbox()
    return SmtpServer() if settings.EMAIL_HOST else None


def _sent(mail: Mail, carrier: Carrier) -> Outcome:
    """One mail, from its words to what became of it."""
    notices = _notices(mail)
    reason = _why_not(mail, notices)
    if reason:
        mails.withdraw(mail, problem=reason)
        return Outcome(Result.NOT_CLAIMED)
    try:
        words = _words(mail, notices)
        letter = letter_of(mail, words)
    except (TemplateDoesNotExist, ValueError) as error:
        outcome = Outcome(Result.REFUSED, f"{type(error).__name__}: {error}")
    else:
        outcome = carrier.carry(letter, claim=lambda: mails.claim(mail, words))
    _record(mail, outcome)
    return outcome


def _notices(mail: Mail) -> list[Notice]:
    """What the mail has to tell: not what has been read or taken back, nor of a feature that is gone."""
    if not mail.carries_notices:
        return []
    with scopes_disabled():
        unread = Notice.objects.filter(
            mail=mail, retracted_at__isnull=True, read_at__isnull=True, kind__in=kinds.registered()
        )
        return list(unread.order_by("visible_at", "id"))


def _why_not(mail: Mail, notices: list[Notice]) -> str:
    """Why a mail is not to be sent any more, or nothing; translated where it is shown."""
    if mail.carries_notices and not notices:
        return gettext_noop("Everything in it has been read or taken back.")
    if mail.carries_notices and queries.is_unwanted(mail):
        return gettext_noop("The recipient asked for no more of these.")
    if mail.recipient is not None and mail.recipient.is_synthetic and not settings.IS_MAIL_KEPT_IN_OUTBOX:
        return gettext_noop("The recipient is made up for a demonstration.")
    return ""


def _words(mail: Mail, notices: list[Notice]) -> Words:
    """The words of a mail: those of the notices that it carries, or a library's as they came."""
    if not mail.carries_notices:
        return Words(mail.subject, mail.text)
    with translation.override(mail.language):
        return words_of(mail, notices)


def _record(mail: Mail, outcome: Outcome) -> None:
    # Servers repeat the address, which the sender who is told of the problem may not know.
    problem = re.sub(re.escape(mail.to_address), "…", outcome.said, flags=re.IGNORECASE)
    if outcome.result == Result.ACCEPTED:
        # A library's mail may hold a key to an account: its text goes as soon as the server has it.
        mails.confirm(mail, is_text_kept=mail.carries_notices or settings.IS_MAIL_KEPT_IN_OUTBOX)
    elif outcome.result == Result.UNKNOWN:
        mails.doubt(mail, problem=problem)
    elif outcome.result == Result.TRY_LATER:
        mails.postpone(mail, problem=problem)
    elif outcome.result == Result.REFUSED:
        mails.fail(mail, problem=problem)
