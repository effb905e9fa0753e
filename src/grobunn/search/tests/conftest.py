"""A kind of object that exists only in these tests: notes, kept in a dictionary."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

import pytest

from grobunn.kernel import clock, ids
from grobunn.organisations.models import Municipality
from grobunn.search import registry
from grobunn.search.engine import ENGINE
from grobunn.search.engine.interface import Hit
from grobunn.search.registry import Document, Source, Visibility

KIND = "note"


@dataclass
class Notes:
    """The notes, and those that their source refuses to show."""

    documents: dict[UUID, Document] = field(default_factory=dict)
    hidden: set[UUID] = field(default_factory=set)
    asked: list[int] = field(default_factory=list)

    def add(self, title: str, municipality: Municipality, *, text: str = "", **fields: Any) -> Document:
        note = Document(
            **{
                "kind": KIND,
                "id": ids.new_id(),
                "municipality_id": municipality.pk,
                "title": title,
                "text": text,
                "url": "/note/",
                "updated_at": clock.now(),
                "visibility": Visibility.PUBLIC,
                **fields,
            }
        )
        self.documents[note.id] = note
        ENGINE.put([note])
        return note

    def change(self, note: Document, **fields: Any) -> None:
        self.documents[note.id] = replace(self.documents[note.id], **fields)

    def document_of(self, object_id: UUID) -> Document | None:
        return self.documents.get(object_id)

    def visible(self, user: Any, ids: Collection[UUID]) -> set[UUID]:
        self.asked.append(len(ids))
        return set(ids) - self.hidden

    def ids_after(self, after: UUID | None, limit: int) -> Sequence[UUID]:
        return sorted(each for each in self.documents if after is None or each > after)[:limit]


def titles_of(hits: Sequence[Hit]) -> list[str]:
    """The titles of what was found, as they are shown."""
    told = ENGINE.excerpts("", [hit.ref for hit in hits])
    return [told[hit.ref].heading for hit in hits]


@pytest.fixture
def notes() -> Iterator[Notes]:
    kept = Notes()
    registry.register(
        Source(
            kind=KIND,
            label="Notes",
            document_of=kept.document_of,
            visible=kept.visible,
            ids_after=kept.ids_after,
            state_label=str.upper,
        )
    )
    yield kept
    registry.unregister(KIND)
