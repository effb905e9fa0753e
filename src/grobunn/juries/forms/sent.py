"""A tap as a device sends it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from grobunn.juries.services.scoring import TapGiven
from grobunn.kernel.devices import moment_of


def read_tap(row: Mapping[str, Any]) -> TapGiven:
    """A tap from its JSON. Raises: KeyError, TypeError, ValueError."""
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
        made_at=moment_of(row["at"]),
    )
