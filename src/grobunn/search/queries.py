"""Reads of search. What the index gives is shown only when the source says that the user may see it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from grobunn.organisations.models import Municipality
from grobunn.organisations.queries import roles_of
from grobunn.search.engine import ENGINE, scoring
from grobunn.search.engine.interface import Hit, Reader, Ref, Wanted
from grobunn.search.models import NotSame
from grobunn.search.registry import Words, source_of

# Most documents that a search looks at: beyond it the page says "more than" and asks for narrower words.
MOST = 500
_SPARE = 6


@dataclass(frozen=True)
class Match:
    """A document as it is shown: in the words of its source, with how alike it is and why."""

    kind: str
    id: UUID
    title: str
    url: str
    municipality: str
    municipality_slug: str
    municipality_id: UUID
    state: str
    state_label: Words
    score: float
    why: tuple[str, ...]

    @property
    def step(self) -> str:
        """How alike in a word: "same", "close" or "related"."""
        if self.score >= scoring.SAME:
            return "same"
        return "close" if self.score >= scoring.CLOSE else "related"


def similar(
    text: str,
    *,
    user: Any,
    municipality_id: UUID | None,
    exclude: Iterable[tuple[str, UUID]] = (),
    limit: int = 5,
) -> list[Match]:
    """What there is already that is like a text, for somebody who writes it.

    Takes:   text, as far as it is written; user, signed in or not; municipality_id, where the writer stands; exclude,
             objects that are not to be found, and with them all that somebody said is not the same as they.
    Returns: at most `limit`, the most alike and most usable first; empty when nothing is alike.
    """
    own = [Ref(*ref) for ref in exclude]
    hits = ENGINE.alike(
        text, reader=_reader(user, municipality_id), exclude=[*own, *_not_same_as(own)], limit=limit * _SPARE
    )
    return _shown(_visible(hits, user)[:limit])


def search(
    words: str, *, user: Any, municipality_id: UUID | None = None, kind: str = "", state: str = ""
) -> list[Match]:
    """What has the words somebody looks for, best first, at most MOST."""
    wanted = Wanted(words=words, kind=kind, state=state, municipality_id=municipality_id)
    hits = ENGINE.find(wanted, reader=_reader(user, municipality_id), limit=MOST)
    return _shown(_visible(hits, user))


def _reader(user: Any, municipality_id: UUID | None) -> Reader:
    return Reader(municipality_ids=roles_of(user).municipality_ids, municipality_id=municipality_id)


def _not_same_as(refs: Sequence[Ref]) -> set[Ref]:
    """The other halves of every pair that somebody said is not the same."""
    if not refs:
        return set()
    ids = [ref.id for ref in refs]
    known = set(refs)
    others: set[Ref] = set()
    for pair in NotSame.objects.filter(Q(one_id__in=ids) | Q(other_id__in=ids)):
        one, other = Ref(pair.one_kind, pair.one_id), Ref(pair.other_kind, pair.other_id)
        others |= {other} if one in known else set()
        others |= {one} if other in known else set()
    return others


def _visible(hits: Sequence[Hit], user: Any) -> list[Hit]:
    """The hits that their sources let the user see."""
    seen: set[Ref] = set()
    for kind in {hit.ref.kind for hit in hits}:
        source = source_of(kind)
        if source is not None:
            ids: Collection[UUID] = [hit.ref.id for hit in hits if hit.ref.kind == kind]
            seen |= {Ref(kind, object_id) for object_id in source.visible(user, ids)}
    return [hit for hit in hits if hit.ref in seen]


def _shown(hits: Sequence[Hit]) -> list[Match]:
    municipalities = Municipality.objects.in_bulk({hit.municipality_id for hit in hits}) if hits else {}
    return [
        Match(
            kind=hit.ref.kind,
            id=hit.ref.id,
            title=hit.title,
            url=hit.url,
            municipality=municipalities[hit.municipality_id].name,
            municipality_slug=municipalities[hit.municipality_id].slug,
            municipality_id=hit.municipality_id,
            state=hit.state,
            state_label=_state_label(hit),
            score=hit.score,
            why=hit.why,
        )
        for hit in hits
    ]


def _state_label(hit: Hit) -> Words:
    source = source_of(hit.ref.kind)
    return source.state_label(hit.state) if source is not None else hit.state
