"""What an engine of search must do. Everything else in the feature speaks this and nothing more."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol
from uuid import UUID

from grobunn.search.registry import Document


class Ref(NamedTuple):
    """An object of any feature."""

    kind: str
    id: UUID


@dataclass(frozen=True)
class Reader:
    """Who asks, as far as the index can tell: in which municipalities they are at home.

    Takes: municipality_id, where they stand now; what is from there weighs a little more.
    """

    municipality_ids: frozenset[UUID] = frozenset()
    municipality_id: UUID | None = None


@dataclass(frozen=True)
class Hit:
    """A document that was found. Not to be shown before its source said that the reader may see it.

    Takes: score, likeness from 0 to 1 (0 where likeness was not asked for); why, the words that match, as written.
    """

    ref: Ref
    municipality_id: UUID
    title: str
    url: str
    state: str
    state_rank: int
    score: float
    why: tuple[str, ...] = ()


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for: words, and what they are narrowed by."""

    words: str
    kind: str = ""
    state: str = ""
    municipality_id: UUID | None = None


class Engine(Protocol):
    """An index of documents."""

    def put(self, documents: Sequence[Document]) -> None:
        """Index documents, in place of what was known of the same objects."""

    def remove(self, refs: Collection[Ref]) -> None:
        """Forget objects at once."""

    def alike(self, text: str, *, reader: Reader, exclude: Collection[Ref], limit: int) -> list[Hit]:
        """Documents like a text, most alike first, none below the least likeness worth showing."""

    def find(self, wanted: Wanted, *, reader: Reader, limit: int) -> list[Hit]:
        """Documents with the words, best first."""

    def recount(self) -> None:
        """Count anew how often each term occurs."""
