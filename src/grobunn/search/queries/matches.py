"""What the index gives, as it is shown: only what the source says that the reader may see, in the source's words."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.core.cache import caches

from grobunn.organisations.models import Municipality
from grobunn.organisations.queries import open_archive_ids, roles_of
from grobunn.search.engine import scoring
from grobunn.search.engine.interface import Excerpt, Hit, Reader, Ref
from grobunn.search.registry import Words, source_of

_NAMES_KEY = "search.municipalities"


class Place(NamedTuple):
    """A municipality's name and its short name in addresses."""

    name: str
    slug: str


@dataclass(frozen=True)
class Match:
    """A document as it is shown: in the words of its source, with how alike it is and why.

    Takes: why, the words that match; passage, what it says where no word matches but the meaning does; excerpt, its
           title and what it says where the words stand; None where only likeness was asked for; day, when it was
           written, where that was asked for.
    """

    kind: str
    kind_label: Words
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
    excerpt: Excerpt | None = None
    day: date | None = None
    passage: str = ""

    @property
    def step(self) -> str:
        """How alike in a word: "same", "close" or "related"."""
        if self.score >= scoring.SAME:
            return "same"
        return "close" if self.score >= scoring.CLOSE else "related"


def reader_of(user: Any, municipality_id: UUID | None) -> Reader:
    """Somebody as the index knows them."""
    at_home = roles_of(user).municipality_ids
    # What an open archive holds is found from inside it only; the source still says what may be seen.
    if municipality_id is not None and municipality_id in open_archive_ids():
        at_home |= {municipality_id}
    return Reader(municipality_ids=at_home, municipality_id=municipality_id)


def visible(hits: Sequence[Hit], user: Any) -> list[Hit]:
    """The hits that their sources let the user see; one SQL per kind."""
    seen: dict[str, Collection[UUID]] = {}
    for kind in sorted({hit.ref.kind for hit in hits}):
        source = source_of(kind)
        seen[kind] = source.visible(user, [hit.ref.id for hit in hits if hit.ref.kind == kind]) if source else ()
    return [hit for hit in hits if hit.ref.id in seen[hit.ref.kind]]


def shown(hits: Sequence[Hit], excerpts: Mapping[Ref, Excerpt] | None = None) -> list[Match]:
    """Hits as they are shown; with excerpts only those that have one, for the others went a moment ago."""
    if excerpts is not None:
        hits = [hit for hit in hits if hit.ref in excerpts]
    names = places({hit.municipality_id for hit in hits})
    return [_match(hit, names[hit.municipality_id], (excerpts or {}).get(hit.ref)) for hit in hits]


def _match(hit: Hit, place: Place, excerpt: Excerpt | None) -> Match:
    return Match(
        kind=hit.ref.kind,
        kind_label=kind_label(hit.ref.kind),
        id=hit.ref.id,
        title=excerpt.heading if excerpt else hit.title,
        url=excerpt.url if excerpt else hit.url,
        municipality=place.name,
        municipality_slug=place.slug,
        municipality_id=hit.municipality_id,
        state=hit.state,
        state_label=state_label(hit.ref.kind, hit.state),
        score=hit.score,
        why=hit.why,
        excerpt=excerpt,
        passage=hit.passage,
        day=excerpt.day if excerpt else None,
    )


def kind_label(kind: str) -> Words:
    """A kind in the plural, as its source calls it."""
    source = source_of(kind)
    return source.label if source is not None else kind


def state_label(kind: str, state: str) -> Words:
    """A state, as its source calls it."""
    source = source_of(kind)
    return source.state_label(state) if source is not None else state


def places(ids: Iterable[UUID]) -> Mapping[UUID, Place]:
    """Names of municipalities; no SQL when they were read in the last half minute in this process."""
    known: dict[UUID, Place] = caches["process"].get(_NAMES_KEY) or {}
    if not known or not set(ids) <= known.keys():
        rows = Municipality.objects.values_list("id", "name", "slug")
        known = {municipality_id: Place(name, slug) for municipality_id, name, slug in rows}
        caches["process"].set(_NAMES_KEY, known)
    return known
