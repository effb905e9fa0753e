"""The e-mail itself: headers and parts, ready for the mail server."""

from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, parseaddr
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.crypto import salted_hmac
from django.utils.encoding import punycode

from grobunn.kernel import clock
from grobunn.notifications.models import Mail
from grobunn.notifications.words import Words, stop_url

# Long words of plain ASCII that Python would fold into encoded words, which no mail program reads in these headers.
_NEVER_FOLDED = frozenset({"list-unsubscribe", "references", "in-reply-to", "message-id"})


class _Policy(EmailPolicy):
    """SMTP's line ends and seven bits, with the headers above on one line (RFC 5322 allows 998 characters)."""

    def fold_binary(self, name: str, value: Any) -> bytes:
        if name.lower() in _NEVER_FOLDED:
            return f"{name}: {value}\r\n".encode("ascii")
        return super().fold_binary(name, value)


_POLICY = _Policy(linesep="\r\n", cte_type="7bit", raise_on_defect=True)


@dataclass(frozen=True)
class Letter:
    """What is handed to the mail server: the envelope and the message, line ends and all."""

    sender: str
    recipient: str
    content: bytes


def letter_of(mail: Mail, words: Words) -> Letter:
    """The letter of a mail.

    Raises: ValueError if a header would hold a line break.
    """
    message = _message(mail, words)
    message.set_content(words.text, cte="quoted-printable")
    html = render_to_string("notifications/mail.html", {"words": words, "language": mail.language})
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    message["Content-Language"] = mail.language  # Of both parts; set before, it would belong to the first alone.
    return Letter(
        sender=message["From"].addresses[0].addr_spec,
        recipient=message["To"].addresses[0].addr_spec,
        content=message.as_bytes(),
    )


def headers_of(mail: Mail, words: Words) -> list[tuple[str, str]]:
    """The headers of a mail, for the outbox page."""
    return [(name, str(value)) for name, value in _message(mail, words).items()]


def _message(mail: Mail, words: Words) -> EmailMessage:
    """The headers."""
    installation, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    sender = _ascii_address(address)
    domain = sender.rpartition("@")[2]
    message = EmailMessage(policy=_POLICY)
    message["From"] = Address(display_name=_sender_name(mail, installation), addr_spec=sender)
    message["To"] = Address(addr_spec=_ascii_address(mail.to_address))
    message["Subject"] = words.subject
    message["Date"] = format_datetime(clock.now())
    message["Message-ID"] = f"<{mail.pk}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday answer comes back …
    message["X-Auto-Response-Suppress"] = "All"  # … nor from Exchange, which asks for its own header.
    _keep_together(message, mail, domain)
    _offer_stop(message, mail)
    return message


def _sender_name(mail: Mail, installation: str) -> str:
    """Who writes: the municipality first, as the reader knows it."""
    return f"{mail.municipality.name} – {installation}" if mail.municipality else installation


def _keep_together(message: EmailMessage, mail: Mail, domain: str) -> None:
    """Answer a letter that was never sent, the same for each mail of a thread: mail programs gather them."""
    if not mail.thread_key:
        return
    root = salted_hmac("grobunn.notifications.thread", f"{mail.municipality_id}:{mail.thread_key}").hexdigest()
    message["In-Reply-To"] = f"<thread.{root}@{domain}>"
    message["References"] = f"<thread.{root}@{domain}>"


def _offer_stop(message: EmailMessage, mail: Mail) -> None:
    """The mail program's own button (RFC 8058); not on what somebody asked for a moment ago, such as a new password."""
    if mail.carries_notices:
        message["List-Unsubscribe"] = f"<{stop_url(mail)}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"


def _ascii_address(address: str) -> str:
    local, _at, domain = address.rpartition("@")
    return f"{local}@{punycode(domain)}"
