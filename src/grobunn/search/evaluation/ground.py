"""An installation made of the evaluation's texts: their documents, the index of words, the vectors."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

from django.conf import settings
from django_scopes import scopes_disabled

from grobunn.organisations.models import Municipality
from grobunn.search import registry
from grobunn.search.engine import ENGINE
from grobunn.search.engine.words import building
from grobunn.search.engine.words.files import place
from grobunn.search.evaluation.files import Text
from grobunn.search.meaning import providers
from grobunn.search.meaning.embedding import embed_waiting
from grobunn.search.models import IndexedDocument, Unembedded
from grobunn.search.registry import Document, Source, Visibility

KIND = "evaluated"
_TITLE = 120
_BATCH = 500
_NAMES = UUID("6f0f2b0e-7c1e-4c55-9d5f-1f8f3f6a2b11")
_DAY = datetime(2026, 1, 1, tzinfo=UTC)

Tell = Callable[[int], object]


@dataclass(frozen=True)
class Ground:
    """Takes: municipality_id, where all texts are from; id_of, each text's own id by the one it is indexed under."""

    municipality_id: UUID
    id_of: Mapping[UUID, str]


def fill(texts: Sequence[Text], *, tell: Tell) -> Ground:
    """Index texts, in a database that holds nothing else. Effects: rows, index on disk."""
    with scopes_disabled():
        place_of_all = Municipality.objects.create(name="Prøvestad", slug="provestad")
    id_of: dict[UUID, str] = {}
    for start in range(0, len(texts), _BATCH):
        documents = [_document(text, place_of_all.pk) for text in texts[start : start + _BATCH]]
        ENGINE.put(documents, is_counted=False)
        id_of |= {document.id: text.id for document, text in zip(documents, texts[start:], strict=False)}
        tell(len(documents))
    ENGINE.recount()
    if settings.SEARCH_ENGINE == "words":
        building.build(place())
    return Ground(municipality_id=place_of_all.pk, id_of=id_of)


def embed(*, tell: Tell) -> bool:
    """Compute what the texts mean, as the background job does. Returns: whether a model is there that can."""
    if providers.chosen() is None:
        return False
    left = Unembedded.objects.count()
    while embed_waiting(most_seconds=2.0):
        now = Unembedded.objects.filter(is_backfill=True).count()
        tell(max(0, left - now))
        left = now
    return True


def document_count() -> int:
    """How many texts are indexed."""
    with scopes_disabled():
        return IndexedDocument.objects.count()


@contextmanager
def findable() -> Iterator[None]:
    """Everybody may find the texts, for as long as this lasts."""
    registry.register(
        Source(
            kind=KIND,
            label="Texts",
            visible=_all_of,
            document_of=lambda _id: None,
            ids_after=lambda _after, _limit: [],
        )
    )
    try:
        yield
    finally:
        registry.unregister(KIND)


def _all_of(_user: Any, ids: Collection[UUID]) -> set[UUID]:
    return set(ids)


def _document(text: Text, municipality_id: UUID) -> Document:
    """A text as an idea of the same length: a short one is its title, a long one begins with it."""
    is_short = len(text.text) <= _TITLE * 2
    border = text.text.rfind(" ", 0, _TITLE)
    return Document(
        kind=KIND,
        id=uuid5(_NAMES, text.id),
        municipality_id=municipality_id,
        title=text.text if is_short else text.text[: border if border > 0 else _TITLE],
        text="" if is_short else text.text,
        url="/",
        updated_at=_DAY,
        visibility=Visibility.PUBLIC,
    )
