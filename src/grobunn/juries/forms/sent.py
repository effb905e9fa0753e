"""What a device sends: read strictly, tap by tap, so that one that cannot be read does not keep back the others."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from grobunn.juries.services.scoring import TapGiven

# A device sends at most 200 at a time.
MOST = 500


class NotTaps(ValueError):  # noqa: N818 -- a refusal, named for what was sent
    """What came is no parcel of taps."""


@dataclass(frozen=True)
class Sent:
    """A parcel. Takes: owner, the member on whose device it was made; unreadable, the ids of what could not be read."""

    owner: UUID
    sent_at: datetime
    taps: tuple[TapGiven, ...]
    unreadable: tuple[str, ...]


def read_taps(body: Any) -> Sent:
    """A parcel from its JSON; times in milliseconds since 1970. Raises: NotTaps."""
    try:
        owner, sent_at, rows = UUID(body["owner"]), moment(body["sent_at"]), body["items"]
    except (KeyError, TypeError, ValueError, OverflowError, AttributeError, OSError) as error:
        raise NotTaps("owner, sent_at and items") from error
    if not isinstance(rows, list) or len(rows) > MOST:
        raise NotTaps("items")
    taps, unreadable = [], []
    for row in rows:
        try:
            taps.append(_tap(row))
        except (KeyError, TypeError, ValueError, OverflowError, AttributeError, OSError):
            unreadable.append(str(row.get("id", "")) if isinstance(row, Mapping) else "")
    return Sent(owner=owner, sent_at=sent_at, taps=tuple(taps), unreadable=tuple(unreadable))


def moment(milliseconds: Any) -> datetime:
    """A moment from milliseconds since 1970. Raises: TypeError, ValueError, OverflowError."""
    if isinstance(milliseconds, bool) or not isinstance(milliseconds, int | float):
        raise TypeError("a number")
    return datetime.fromtimestamp(milliseconds / 1000, tz=UTC)


def _tap(row: Mapping[str, Any]) -> TapGiven:
    value, note, criterion = row.get("value"), row.get("note"), row.get("criterion", "")
    if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
        raise TypeError("value")
    if not isinstance(note, str | None) or not isinstance(criterion, str):
        raise TypeError("note")
    return TapGiven(
        id=UUID(row["id"]),
        entry_id=UUID(row["entry"]),
        criterion=criterion,
        value=value,
        note=note,
        made_at=moment(row["at"]),
    )
