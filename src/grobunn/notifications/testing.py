"""What tests of other features need: the mails that their notices became."""

from django_scopes import scopes_disabled

from grobunn.notifications.models import Mail
from grobunn.notifications.states import MailState


def sent_mails(to_address: str = "") -> list[Mail]:
    """Mails that `kernel.testing.run_jobs()` has sent, the first first, with subject and text.

    Takes: to_address, only those to it.
    """
    with scopes_disabled():
        sent = Mail.objects.filter(state=MailState.SENT).order_by("state_since", "id")
        return list(sent.filter(to_address=to_address) if to_address else sent)
