"""How what somebody types may go on: words that lead to a search, and titles that lead to the thing itself."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from grobunn.search.engine import ENGINE
from grobunn.search.engine.interface import Suggestion
from grobunn.search.queries.matches import kind_label, reader_of
from grobunn.search.registry import Words, source_of

# So many times more are fetched than shown: some of them the reader may not see, and several say the same.
_SPARE = 4
_MOST_WORDS = 4
_MOST_TITLES = 4


@dataclass(frozen=True)
class TitleSuggested:
    """Something that can be opened at once."""

    title: str
    url: str
    kind_label: Words


@dataclass(frozen=True)
class Suggested:
    """What completes the words: the words themselves, and titles."""

    words: tuple[str, ...]
    titles: tuple[TitleSuggested, ...]

    @property
    def count(self) -> int:
        return len(self.words) + len(self.titles)


def suggestions(prefix: str, *, user: Any, municipality_id: UUID | None) -> Suggested:
    """How what somebody types may go on, from what they may see.

    Takes: prefix, as typed so far; municipality_id, where they look, None for everywhere.
    """
    limit = (_MOST_WORDS + _MOST_TITLES) * _SPARE
    reader = reader_of(user, municipality_id)
    found = _visible(ENGINE.suggest(prefix, reader=reader, limit=limit, municipality_id=municipality_id), user)
    completed = dict.fromkeys(each.text for each in found)
    completed.pop(prefix, None)
    return Suggested(
        words=tuple(completed)[:_MOST_WORDS],
        titles=tuple(TitleSuggested(each.title, each.url, kind_label(each.ref.kind)) for each in found[:_MOST_TITLES]),
    )


def _visible(found: list[Suggestion], user: Any) -> list[Suggestion]:
    """What its source lets the user see; one SQL per kind."""
    seen: set[tuple[str, UUID]] = set()
    for kind in sorted({each.ref.kind for each in found}):
        source = source_of(kind)
        if source is not None:
            ids = source.visible(user, [each.ref.id for each in found if each.ref.kind == kind])
            seen |= {(kind, object_id) for object_id in ids}
    return [each for each in found if tuple(each.ref) in seen]
