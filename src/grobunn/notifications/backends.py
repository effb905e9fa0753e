"""Django's door to the queue, for the mails of libraries such as allauth."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import get_language

from grobunn.kernel import jobs
from grobunn.notifications.models import Mail
from grobunn.notifications.words import one_line


class QueuedBackend(BaseEmailBackend):
    """Puts messages in the queue in the caller's transaction: a row for each address, its HTML part made from the text.

    The sender's address is the installation's own; attachments are refused, for a mail here carries none.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Queue messages. Returns: how many. Raises: ValueError for an attachment, ValidationError for no address."""
        with transaction.atomic():
            for message in email_messages:
                self._queue(message)
            jobs.defer("notifications.send_mails")
        return len(email_messages)

    @staticmethod
    def _queue(message: EmailMessage) -> None:
        if message.attachments:
            raise ValueError("A mail of Grobunn carries no attachments.")
        for address in message.recipients():
            validate_email(address)
            Mail.objects.create(
                to_address=address,
                language=get_language() or "nb",
                subject=one_line(str(message.subject)),
                text=str(message.body),
            )
