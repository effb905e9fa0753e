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
_DELIVER = "notifications.deliver_mail"
_MEND = "notifications.mend_mail"

# Moved by `services/mails.py` with a bare compare-and-set, without a row of history and audit for each step:
# docs/decisions/0030-move-mails-without-history.md says why.
MAIL_MACHINE = register(
    Machine(
        name="notifications.mail",
        model_label="notifications.Mail",
        states=MailState,
        initial=MailState.WAITING,
        edges=(
            Edge("claim", _("Claim"), _WAITING, MailState.SENDING, _DELIVER, is_offered=False),
            Edge("postpone", _("Try later"), _WAITING | _SENDING, MailState.WAITING, _DELIVER, is_offered=False),
            Edge("fail", _("Give up"), _WAITING | _SENDING, MailState.FAILED, _DELIVER, is_offered=False),
            Edge("doubt", _("Mark as perhaps sent"), _SENDING, MailState.UNCERTAIN, _DELIVER, is_offered=False),
            Edge(
                "confirm",
                _("Mark as sent"),
                _SENDING | {MailState.UNCERTAIN},
                MailState.SENT,
                _DELIVER,
                is_offered=False,
            ),
            Edge("withdraw", _("Withdraw"), _WAITING, MailState.WITHDRAWN, _DELIVER, is_offered=False),
            Edge("send_again", _("Send again"), _STOPPED, MailState.WAITING, _MEND),
            Edge("set_aside", _("Leave it"), _STOPPED, MailState.WITHDRAWN, _MEND),
        ),
    )
)
