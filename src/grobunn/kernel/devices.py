"""What a device kept while it had no network, and sends when it has: read thing by thing, its clock set right.

The other end is `ui/frontend/js/lib/outbox.js`. A thing has an id that was made on the device, so that it is kept once
however often it is sent; which one counts is decided by when it was made.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, TypeVar
from uuid import UUID

Thing = TypeVar("Thing")

# A device sends at most 200 at a time.
MOST = 500
# Shorter differences between the device's clock and ours are the network's. Were they taken off, two things could
# change places because the first travelled slower. The device gives a request up after 20 seconds.
NETWORK_DELAY = timedelta(seconds=30)
_UNREADABLE = (KeyError, TypeError, ValueError, OverflowError, AttributeError, OSError)


class NotAParcel(ValueError):  # noqa: N818 -- a refusal, named for what was sent
    """What came is no parcel."""


@dataclass(frozen=True)
class Parcel(Generic[Thing]):
    """What came. Takes: owner, on whose device it was made; unreadable, the ids of what could not be read."""

    owner: UUID
    sent_at: datetime
    things: tuple[Thing, ...]
    unreadable: tuple[str, ...]


def read_parcel(body: bytes, read_thing: Callable[[Mapping[str, Any]], Thing]) -> Parcel[Thing]:
    """A parcel from its JSON; times in milliseconds since 1970. One that cannot be read keeps back no other.

    Takes:  read_thing, which raises KeyError, TypeError or ValueError for what it cannot read.
    Raises: NotAParcel.
    """
    try:
        sent = json.loads(body)
        owner, sent_at, rows = UUID(sent["owner"]), moment_of(sent["sent_at"]), sent["items"]
    except _UNREADABLE as error:
        raise NotAParcel("owner, sent_at and items") from error
    if not isinstance(rows, list) or len(rows) > MOST:
        raise NotAParcel("items")
    things, unreadable = [], []
    for row in rows:
        try:
            things.append(read_thing(row))
        except _UNREADABLE:
            unreadable.append(str(row.get("id", "")) if isinstance(row, Mapping) else "")
    return Parcel(owner=owner, sent_at=sent_at, things=tuple(things), unreadable=tuple(unreadable))


def moment_of(milliseconds: Any) -> datetime:
    """A moment from milliseconds since 1970. Raises: TypeError, ValueError, OverflowError."""
    if isinstance(milliseconds, bool) or not isinstance(milliseconds, int | float):
        raise TypeError("a number")
    return datetime.fromtimestamp(milliseconds / 1000, tz=UTC)


def clock_offset(received_at: datetime, sent_at: datetime | None) -> timedelta:
    """How far a device's clock is behind ours, zero where it is right. Takes: sent_at, by the device's own clock."""
    if sent_at is None or abs(received_at - sent_at) < NETWORK_DELAY:
        return timedelta()
    return received_at - sent_at
