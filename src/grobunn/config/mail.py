"""The mail server that an operator names in one address."""

from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit

# Ports of message submission: RFC 8314 §3.3 (TLS from the start) and RFC 6409 §3.1; 25 is a relay of one's own.
PORTS = {"smtps": 465, "starttls": 587, "none": 25}
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True)
class MailServer:
    """Where mails are handed over; an empty host means nowhere."""

    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    is_tls_from_start: bool = False
    is_starttls: bool = False


def parse_smtp_url(url: str) -> MailServer:
    """Parts of a mail server's address.

    Takes:   smtp://user:password@host:port?tls=starttls, smtps://…; empty for none. smtp:// without `tls` speaks
             STARTTLS when a user is given, else plainly: a relay on one's own network.
    Raises:  ValueError, in words for the operator, for another scheme, or a password that would travel in the clear.
    """
    if not url:
        return MailServer()
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ValueError("GROBUNN_SMTP_URL must look like smtp://user:password@host:587?tls=starttls or smtps://host.")
    user = unquote(parts.username or "")
    default = "starttls" if user else "none"
    tls = "smtps" if parts.scheme == "smtps" else dict(parse_qsl(parts.query)).get("tls", default)
    if tls not in PORTS:
        raise ValueError("In GROBUNN_SMTP_URL, tls is either starttls or none.")
    if user and tls == "none" and parts.hostname not in LOOPBACK:
        raise ValueError("GROBUNN_SMTP_URL would send the password in the clear: use smtps:// or ?tls=starttls.")
    return MailServer(
        host=parts.hostname,
        port=parts.port or PORTS[tls],
        user=user,
        password=unquote(parts.password or ""),
        is_tls_from_start=tls == "smtps",
        is_starttls=tls == "starttls",
    )
