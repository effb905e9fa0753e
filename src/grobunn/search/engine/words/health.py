"""How this machine's index is doing, for `grobunn check`."""

from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings
from django.db import DatabaseError

from grobunn.search.engine.words import building, feed
from grobunn.search.engine.words.files import place
from grobunn.search.engine.words.writing import position_in

# More than an import brings in a second, less than anybody would miss for long.
_MOST_WAITING = 5000


class IndexState(StrEnum):
    """How an index is, in a word."""

    OK = "ok"
    OFF = "off"
    MISSING = "missing"
    DAMAGED = "damaged"
    FOREIGN = "foreign"
    BEHIND = "behind"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class IndexHealth:
    """How the index is, and how many changes it has still to take up."""

    state: IndexState
    waiting: int = 0


def index_health() -> IndexHealth:
    """How this machine's index is; three SQL at most."""
    if settings.SEARCH_ENGINE != "words":
        return IndexHealth(IndexState.OFF)
    current = place().current()
    if current is None:
        return IndexHealth(IndexState.MISSING)
    position = None if place().complaint_file(current).exists() else position_in(current)
    if position is None:
        return IndexHealth(IndexState.DAMAGED)
    try:
        if not building.is_followed(position):
            return IndexHealth(IndexState.FOREIGN)
        waiting = feed.waiting_after(position.point)
    except DatabaseError:
        return IndexHealth(IndexState.UNKNOWN)
    return IndexHealth(IndexState.BEHIND if waiting > _MOST_WAITING else IndexState.OK, waiting)
