"""The states of a mail, and the one table of its moves."""

from django.db import models
from django.utils.translation import pgettext_lazy

from grobunn.kernel.statemachine import Edge, Machine, Words, register


class MailState(models.TextChoices):
    """Where a mail is on its way."""

    WAITING = "waiting", pgettext_lazy("mail", "Waiting")
    SENDING = "sending", pgettext_lazy("mail", "Being sent")
    SENT = "sent", pgettext_lazy("mail", "Sent")
    FAILED = "failed", pgettext_lazy("mail", "Could not be sent")
    UNCERTAIN = "uncertain", pgettext_lazy("mail", "Perhaps sent")
    WITHDRAWN = "withdrawn", pgettext_lazy("mail", "Withdrawn")


# The mail server has not taken these over, and will not: what they say has reached nobody.
UNSENT = (MailState.WAITING, MailState.FAILED, MailState.WITHDRAWN)
NEEDS_ATTENTION = (MailState.FAILED, MailState.UNCERTAIN)

_WAITING = frozenset({MailState.WAITING})
_SENDING = frozenset({MailState.SENDING})
_STOPPED = frozenset(NEEDS_ATTENTION)


def _step(name: str, label: Words, sources: frozenset[MailState], target: MailState) -> Edge:
    """What the installation does by itself."""
    return Edge(name, label, sources, target, "notifications.deliver_mail", is_offered=False)


def _act(name: str, label: Words, target: MailState) -> Edge:
    """What the operator decides."""
    return Edge(name, label, _STOPPED, target, "notifications.mend_mail")


# Moved by `services/mails.py` with a bare compare-and-set, without a row of history and audit for each step:
# docs/decisions/0030-move-mails-without-history.md says why.
MAIL_MACHINE = register(
    Machine(
        name="notifications.mail",
        model_label="notifications.Mail",
        states=MailState,
        initial=MailState.WAITING,
        edges=(
            _step("claim", pgettext_lazy("mail", "Claim"), _WAITING, MailState.SENDING),
            _step("postpone", pgettext_lazy("mail", "Try later"), _WAITING | _SENDING, MailState.WAITING),
            _step("fail", pgettext_lazy("mail", "Give up"), _WAITING | _SENDING, MailState.FAILED),
            _step("doubt", pgettext_lazy("mail", "Mark as perhaps sent"), _SENDING, MailState.UNCERTAIN),
            _step("confirm", pgettext_lazy("mail", "Mark as sent"), _SENDING | {MailState.UNCERTAIN}, MailState.SENT),
            _step("withdraw", pgettext_lazy("mail", "Withdraw"), _WAITING, MailState.WITHDRAWN),
            _act("send_again", pgettext_lazy("mail", "Send again"), MailState.WAITING),
            _act("set_aside", pgettext_lazy("mail", "Leave it"), MailState.WITHDRAWN),
        ),
    )
)
