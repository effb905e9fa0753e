"""What somebody looks for and finds, with what it can be narrowed by."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from grobunn.search.engine import ENGINE
from grobunn.search.engine.interface import Hit, Wanted
from grobunn.search.queries.matches import Match, kind_label, places, reader_of, shown, state_label, visible
from grobunn.search.registry import Words
from grobunn.search.words import content_words

# Most documents that one search looks at: every one of them is checked with its source before it is even counted.
# Beyond it the page says "more than" and asks for narrower words.
MOST = 500
# How alike something must be to be offered where nothing has the words: a typing error in a word or two.
_LEAST_ALIKE = 0.03


@dataclass(frozen=True)
class Facet:
    """One way to narrow what was found, and how many it leaves."""

    value: str
    label: Words
    count: int


@dataclass(frozen=True)
class Found:
    """What was found. Everything in it, the counts too, is what the reader may see.

    Takes: is_more, whether there may be more than were looked at; has_words, whether there was anything to look for
           (not only words such as "and"); is_exact, False where nothing has the words and these are only alike.
    """

    words: str
    hits: tuple[Hit, ...]
    is_more: bool
    is_exact: bool
    has_words: bool
    kinds: tuple[Facet, ...]
    states: tuple[Facet, ...]
    municipalities: tuple[Facet, ...]

    @property
    def count(self) -> int:
        return len(self.hits)

    def of_kind(self, kind: str) -> tuple[Hit, ...]:
        """The hits of one kind, best first."""
        return tuple(hit for hit in self.hits if hit.ref.kind == kind)


def search(words: str, *, user: Any, municipality_id: UUID | None = None, kind: str = "", state: str = "") -> Found:
    """What has the words somebody looks for, best first; where nothing has them, what is spelled alike.

    Takes: municipality_id, kind, state: only what is of there, of that kind, in that state.
    """
    reader = reader_of(user, municipality_id)
    wanted = Wanted(words=words, kind=kind, state=state, municipality_id=municipality_id)
    found = ENGINE.find(wanted, reader=reader, limit=MOST)
    hits = visible(found, user)
    is_exact = bool(hits)
    if not hits:
        alike = ENGINE.alike(words, reader=reader, exclude=(), limit=MOST, least=_LEAST_ALIKE)
        hits = visible([hit for hit in alike if _is_wanted(hit, wanted)], user)
    names = places({hit.municipality_id for hit in hits})
    return Found(
        words=words,
        hits=tuple(hits),
        is_more=len(found) == MOST,
        is_exact=is_exact,
        has_words=bool(content_words(words, limit=1)),
        kinds=_facets(hits, lambda hit: (hit.ref.kind, kind_label(hit.ref.kind))),
        states=_facets(hits, lambda hit: (hit.state, state_label(hit.ref.kind, hit.state))),
        municipalities=_facets(hits, lambda hit: names[hit.municipality_id][::-1]),
    )


def matches_of(found: Found, hits: Sequence[Hit]) -> list[Match]:
    """Some of the hits as they are shown, with the passages where the words stand."""
    return shown(hits, ENGINE.excerpts(found.words, [hit.ref for hit in hits]))


def _is_wanted(hit: Hit, wanted: Wanted) -> bool:
    return (
        wanted.kind in ("", hit.ref.kind)
        and wanted.state in ("", hit.state)
        and wanted.municipality_id in (None, hit.municipality_id)
    )


def _facets(hits: Sequence[Hit], of: Callable[[Hit], tuple[str, Words]]) -> tuple[Facet, ...]:
    """How many hits have each value, the most frequent first; a value that is not there is no facet."""
    labels = {value: label for value, label in map(of, hits) if value}
    counts = Counter(of(hit)[0] for hit in hits)
    return tuple(Facet(value, labels[value], count) for value, count in counts.most_common() if value in labels)
