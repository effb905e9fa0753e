"""What somebody looks for and finds, with what it can be narrowed by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django_scopes import scopes_disabled

from grobunn.search.engine import ENGINE, scoring
from grobunn.search.engine.interface import Hit, Reader, Ref, Wanted
from grobunn.search.meaning import fusion
from grobunn.search.models import IndexedDocument
from grobunn.search.queries.facets import Facet, facets_of
from grobunn.search.queries.matches import Match, reader_of, shown, visible
from grobunn.search.words import content_words, words_of

# Most documents that one search looks at: every one of them is checked with its source before it is even counted.
# Beyond it the page says "more than" and asks for narrower words.
MOST = 200
# How alike something must be to be offered where nothing has the words: a typing error in a word or two.
_LEAST_ALIKE = 0.03
MOST_BY_MEANING = 50
# Where nothing is even close, a handful may help; more would only look like an answer.
_MOST_REMOTE = 5
_MOST_ALIKE = 60
_LEAST_WORDS = 2


@dataclass(frozen=True)
class Found:
    """What was found. Everything in it, the counts too, is what the reader may see.

    Takes: is_more, whether there may be more than were looked at; has_words, whether there was anything to look for
           (not only words such as "and"); is_exact, False where nothing has the words and these are only alike, in
           meaning where is_by_meaning, else in spelling; meant, the words with their typing errors put right, or "".
    """

    words: str
    hits: tuple[Hit, ...]
    is_more: bool
    is_exact: bool
    is_by_meaning: bool
    has_words: bool
    meant: str = ""

    @cached_property
    def facets(self) -> Mapping[str, tuple[Facet, ...]]:
        """What can narrow it, by the field; counted where somebody asks, since not every page shows them."""
        return facets_of(self.hits)

    @property
    def count(self) -> int:
        return len(self.hits)

    @property
    def is_wordless(self) -> bool:
        """Whether there are only signs to look for."""
        return not words_of(self.words)

    @property
    def is_answered(self) -> bool:
        """Whether this is what was looked for: it has the words, or was meant by them, or is close to them."""
        return self.is_exact or bool(self.meant) or any(hit.score >= scoring.CLOSE for hit in self.hits)

    @property
    def kinds(self) -> tuple[Facet, ...]:
        """The kinds that were found."""
        return self.facets["kind"]

    def of_kind(self, kind: str) -> tuple[Hit, ...]:
        """The hits of one kind, best first."""
        return tuple(hit for hit in self.hits if hit.ref.kind == kind)


def search(
    words: str,
    *,
    user: Any,
    municipality_id: UUID | None = None,
    is_newest_first: bool = False,
    is_only_exact: bool = False,
    **narrowed: Any,
) -> Found:
    """What has the words somebody looks for, best first; where nothing has them, what means the same, or is spelled so.

    Takes: municipality_id, only what is from there; narrowed, the other narrowings of `Wanted` by their names;
           is_newest_first, the newest of what was found first; is_only_exact, nothing where nothing has the words.
    """
    reader = reader_of(user, municipality_id)
    wanted = Wanted(words=words, municipality_id=municipality_id, **narrowed)
    found = ENGINE.find(wanted, reader=reader, limit=MOST)
    hits = visible(found, user)
    is_exact = bool(hits)
    is_by_meaning = False
    meant = ""
    if not hits and not is_only_exact:
        meant = ENGINE.did_you_mean(words, reader=reader, visible=lambda each: visible(each, user))
        hits = _by_meaning(wanted, reader=reader, user=user)
        is_by_meaning = bool(hits)
    if not hits and not is_only_exact:
        alike = ENGINE.alike(words, reader=reader, exclude=(), limit=_MOST_ALIKE, least=_LEAST_ALIKE)
        hits = visible([hit for hit in alike if _is_wanted(hit, wanted)], user)
    return Found(
        words=words,
        hits=tuple(_newest_first(hits) if is_newest_first else hits),
        is_more=len(found) == MOST,
        is_exact=is_exact,
        is_by_meaning=is_by_meaning,
        has_words=bool(content_words(words, limit=1)),
        meant=meant,
    )


def _by_meaning(wanted: Wanted, *, reader: Reader, user: Any) -> list[Hit]:
    """What is about the same as the words, where there are two or more: one alone means too little."""
    if len(content_words(wanted.words, limit=_LEAST_WORDS)) < _LEAST_WORDS:
        return []
    alike = fusion.alike(wanted.words, reader=reader, exclude=(), limit=MOST_BY_MEANING, least=scoring.RELATED)
    hits = visible([hit for hit in alike if _is_wanted(hit, wanted)], user)
    return hits if any(hit.score >= scoring.CLOSE for hit in hits) else hits[:_MOST_REMOTE]


def matches_of(found: Found, hits: Sequence[Hit]) -> list[Match]:
    """Some of the hits as they are shown, with the passages where the words stand."""
    refs = [hit.ref for hit in hits]
    return shown(hits, ENGINE.excerpts(found.words, refs))


def days_of(refs: Sequence[Ref]) -> dict[Ref, date]:
    """The day that each was written, or last changed where the first is not known; one SQL."""
    with scopes_disabled():
        rows = IndexedDocument.objects.filter(
            kind__in={ref.kind for ref in refs}, object_id__in=[ref.id for ref in refs]
        ).values_list("kind", "object_id", "written_on", "updated_at")
        return {
            Ref(kind, object_id): written_on or updated_at.date() for kind, object_id, written_on, updated_at in rows
        }


def _newest_first(hits: Sequence[Hit]) -> list[Hit]:
    days = days_of([hit.ref for hit in hits])
    return sorted(hits, key=lambda hit: days.get(hit.ref, date.min), reverse=True)


def _is_wanted(hit: Hit, wanted: Wanted) -> bool:
    return (
        wanted.kind in ("", hit.ref.kind)
        and wanted.state in ("", hit.state)
        and wanted.municipality_id in (None, hit.municipality_id)
        and wanted.county in ("", hit.county)
        and wanted.size in ("", hit.size)
        and (not wanted.theme or wanted.theme in hit.themes)
        and wanted.year in (None, hit.year)
        and wanted.language in ("", hit.language)
    )
