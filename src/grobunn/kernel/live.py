"""The live channel: telling open pages, after commit, that something has changed.

Nothing is done over it and nothing depends on it: a page that hears nothing is right after a reload. What is told is
only *that* there is news of a channel; the page, or the live service for all who watch the same, then reads the page's
changing part at its own address, where permissions hold as for everybody else.
"""

import json
from dataclasses import dataclass

from django.core import signing
from django.db import connection

POSTGRESQL_CHANNEL = "grobunn_live"
# A day's event, and the evening before.
TICKET_SECONDS = 36 * 60 * 60
_SALT = "grobunn.live"


@dataclass(frozen=True)
class Ticket:
    """The right to hear of a channel.

    Takes: part, address of a page's changing part that everybody with this ticket may read, fetched once for all of
           them; "" where each reads their own; language, of that part.
    """

    channel: str
    part: str = ""
    language: str = ""


def publish(channel: str) -> None:
    """Tell those who watch a channel that there is news, when the present transaction is committed.

    Takes: channel, such as "pitching:<id>"; not secret, but heard only with a ticket.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [POSTGRESQL_CHANNEL, channel])


def signed(ticket: Ticket) -> str:
    """A ticket as a page carries it in an address."""
    return signing.dumps([ticket.channel, ticket.part, ticket.language], salt=_SALT, serializer=_Compact)


def ticket_of(text: str) -> Ticket | None:
    """The ticket that an address carries, None where it is forged or too old."""
    try:
        channel, part, language = signing.loads(text, salt=_SALT, max_age=TICKET_SECONDS, serializer=_Compact)
    except (signing.BadSignature, ValueError):
        return None
    return Ticket(channel, part, language)


class _Compact:
    """JSON without spaces: tickets stand in addresses."""

    def dumps(self, value: object) -> bytes:
        return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()

    def loads(self, data: bytes) -> object:
        return json.loads(data)
