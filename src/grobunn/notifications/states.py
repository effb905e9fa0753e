"""The states of a mail, and the one table of its moves."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from grobunn.kernel.statemachine import Edge, Machine, register


class MailState(models.TextChoices):
    """Where a mail is on its way."""

    WAITING = "waiting", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Could not be sent")
    UNCERTAIN = "uncertain", _("Perhaps sent")
    WITHDRAWN = "withdrawn", _("Withdrawn")


# The mail server has not taken these over, and will not: what they say has reached nobody.
UNSENT = (MailState.WAITING, MailState.FAILED, MailState.WITHDRAWN)
NEEDS_ATTENTION = (MailState.FAILED, MailState.UNCERTAIN)

_WAITING = frozenset({MailState.WAITING})
_SENDING = frozenset({MailState.SENDING})
_STOPPED = frozenset(NEEDS_ATTENTION)

# Moved by a bare compare-and-set in `services/mails.py`, without a row of history and audit for each step:
# docs/decisions/0030-move-mails-without-history.md says why.
MAIL_MACHINE = register(
    Machine(
        name="notifications.mail",
        model_label="notifications.Mail",
        states=MailState,
        initial=MailState.WAITING,
        edges=(
            Edge("claim", _("Claim"), _WAITING, MailState.SENDING, "notifications.deliver_mail"),
            Edge("postpone", _("Postpone"), _WAITING, None, "notifications.deliver_mail"),
            Edge("refuse", _("Give up"), _WAITING, MailState.FAILED, "notifications.deliver_mail"),
            Edge("return", _("Return to the queue"), _SENDING, MailState.WAITING, "notifications.deliver_mail"),
            Edge("fail", _("Mark as failed"), _SENDING, MailState.FAILED, "notifications.deliver_mail"),
            Edge("doubt", _("Mark as perhaps sent"), _SENDING, MailState.UNCERTAIN, "notifications.deliver_mail"),
            Edge(
                "confirm",
                _("Mark as sent"),
                _SENDING | {MailState.UNCERTAIN},
                MailState.SENT,
                "notifications.deliver_mail",
            ),
            Edge("withdraw", _("Withdraw"), _WAITING, MailState.WITHDRAWN, "notifications.deliver_mail"),
            Edge("send_again", _("Send again"), _STOPPED, MailState.WAITING, "notifications.mend_mail"),
            Edge("set_aside", _("Leave unsent"), _STOPPED, MailState.WITHDRAWN, "notifications.mend_mail"),
        ),
    )
)
