"""The moves of a mail: each one statement that says from which states, and for which attempt."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext_noop
from django_scopes import scopes_disabled

from grobunn.accounts.models import User
from grobunn.kernel import audit, clock, ids, jobs
from grobunn.notifications.models import Mail
from grobunn.notifications.services.report import report_failure
from grobunn.notifications.states import MAIL_MACHINE, MailState
from grobunn.notifications.words import Words

# Longer than every step before the claim may take by EMAIL_TIMEOUT; a worker that died is relieved after it.
LEASE = timedelta(minutes=5)
# Longer than the wait for the answer to the final dot (smtp.ANSWER_SECONDS): whoever is still sending then is dead.
SENDING_AT_MOST = timedelta(minutes=15)
# RFC 5321 §4.5.4.1: give up after four or five days.
GIVE_UP_AFTER = timedelta(days=4)
INTERRUPTED = gettext_noop("The worker stopped before the mail server answered.")
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=4)


def lease_next() -> Mail | None:
    """Take the next mail that is due, so that no other worker begins with it; None when there is none."""
    now = clock.now()
    due = Q(state=MailState.WAITING, due_at__lte=now) & (Q(leased_until=None) | Q(leased_until__lte=now))
    with scopes_disabled(), transaction.atomic():
        queue = Mail.objects.filter(due).select_related("municipality", "recipient").order_by("due_at", "id")
        mail = queue.select_for_update(of=("self",), skip_locked=True).first()
        if mail is None:
            return None
        mail.lease, mail.leased_until, mail.attempts = ids.new_id(), now + LEASE, mail.attempts + 1
        mail.save(update_fields=["lease", "leased_until", "attempts"])
        return mail


def claim(mail: Mail, words: Words) -> bool:
    """Say in the database that the mail is going now; committed when this returns.

    Returns: False if it has been withdrawn, or another worker has taken it over.
    """
    return _move(mail, "claim", subject=words.subject, text=words.text)


def confirm(mail: Mail, *, is_text_kept: bool) -> None:
    """The server has it."""
    _move(mail, "confirm", problem="", **({} if is_text_kept else {"text": ""}))


def postpone(mail: Mail, *, problem: str) -> None:
    """Try again later, each time after twice as long; what has waited too long has failed."""
    now = clock.now()
    if now - mail.queued_at >= GIVE_UP_AFTER:
        fail(mail, problem=problem)
        return
    due_at = now + min(FIRST_WAIT * 2 ** min(mail.attempts - 1, 10), LONGEST_WAIT)
    with transaction.atomic():
        if _move(mail, "postpone", due_at=due_at, leased_until=None, problem=problem):
            jobs.defer("notifications.send_mails", at=due_at)


def fail(mail: Mail, *, problem: str) -> None:
    """It will not be delivered. Effects: row, event, a notice to the sender."""
    with transaction.atomic():
        if _move(mail, "fail", problem=problem):
            report_failure(mail, problem=problem)


def doubt(mail: Mail, *, problem: str) -> None:
    """Nobody knows whether the server has it: a person decides."""
    _move(mail, "doubt", problem=problem)


def withdraw(mail: Mail, *, problem: str) -> None:
    """It need not be sent any more."""
    _move(mail, "withdraw", problem=problem)


def doubt_interrupted() -> int:
    """Mark the mails whose worker died between the claim and the server's answer. Returns: how many."""
    edge = MAIL_MACHINE.by_name["doubt"]
    now = clock.now()
    with scopes_disabled():
        interrupted = Mail.objects.filter(state__in=edge.sources, state_since__lte=now - SENDING_AT_MOST)
        return interrupted.update(state=edge.target, state_since=now, problem=INTERRUPTED)


def mend(mail: Mail, edge_name: str, *, actor: User) -> bool:
    """What an operator decides for a mail that stopped: send it again, or leave it.

    Returns: False if somebody was first.
    Effects: row, audit, job.
    """
    now = clock.now()
    edge = MAIL_MACHINE.by_name[edge_name]
    with scopes_disabled(), transaction.atomic():
        changes: dict[str, Any] = {"state": edge.target, "state_since": now}
        if edge.target == MailState.WAITING:
            changes |= {"due_at": now, "queued_at": now, "lease": None, "leased_until": None, "attempts": 0}
        if not Mail.objects.filter(pk=mail.pk, state__in=edge.sources, state=mail.state).update(**changes):
            return False
        audit.record(f"notifications.{edge_name}", actor=actor, subject=mail, municipality_id=mail.municipality_id)
        if edge.target == MailState.WAITING:
            jobs.defer("notifications.send_mails")
        return True


def _move(mail: Mail, edge_name: str, **changes: Any) -> bool:
    """One step of an attempt: only from the edge's states, and only while the attempt holds the lease."""
    edge = MAIL_MACHINE.by_name[edge_name]
    since: datetime = clock.now()
    with scopes_disabled(), transaction.atomic(durable=edge_name == "claim"):
        held = Mail.objects.filter(pk=mail.pk, lease=mail.lease, state__in=edge.sources)
        return bool(held.update(state=edge.target or F("state"), state_since=since, **changes))
