"""A worker that sends what is due in a process of its own, and dies at a given moment.

python -m grobunn.notifications.tests.worker MOMENT, with MOMENT one of: never, before_claim, in_claim, after_claim,
after_dot, after_answer. Settings come from the environment, as a real worker's do.
"""

import os
import signal
import smtplib
import sys
from collections.abc import Callable
from typing import Any

import django


def die(*_args: Any, **_kwargs: Any) -> None:
    """Die as under `kill -9`: no cleaning up, no goodbye."""
    os.kill(os.getpid(), signal.SIGKILL)


def and_die(function: Callable[..., Any]) -> Callable[..., Any]:
    """Do it, then die."""

    def dying(*args: Any, **kwargs: Any) -> None:
        function(*args, **kwargs)
        die()

    return dying


def arrange(moment: str) -> None:
    """Put the death where it belongs."""
    from grobunn.notifications.services import mails

    if moment == "before_claim":
        mails.claim = die
    elif moment == "in_claim":
        mails._move = _die_before_commit
    elif moment == "after_claim":
        mails.claim = and_die(mails.claim)
    elif moment == "after_dot":
        send = smtplib.SMTP.send
        smtplib.SMTP.send = lambda server, data: (send(server, data), data == b".\r\n" and _die_when_taken(server))
    elif moment == "after_answer":
        mails.confirm = die


def _die_before_commit(mail: Any, _edge_name: str, **changes: Any) -> None:
    """The statement has run, its transaction has not ended."""
    from django.db import transaction
    from django_scopes import scopes_disabled

    from grobunn.notifications.models import Mail

    with scopes_disabled(), transaction.atomic():
        Mail.objects.filter(pk=mail.pk).update(state="sending", **changes)
        die()


def _die_when_taken(server: smtplib.SMTP) -> None:
    server.getreply()
    die()


if __name__ == "__main__":
    django.setup()
    from grobunn.notifications.services.deliver import send_due_mails
    from grobunn.notifications.tests.kinds import register_kinds

    register_kinds()
    arrange(sys.argv[1])
    print(send_due_mails())  # noqa: T201
