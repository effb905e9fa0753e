"""What an engine of search must do. Everything else in the feature speaks this and nothing more."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
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


class Hit(NamedTuple):
    """A document that was found. Not to be shown before its source said that the reader may see it.

    Takes: title, url, "" where only words were asked for: whoever shows the hit reads them with its excerpt;
           score, likeness from 0 to 1 (0 where likeness was not asked for); why, the words that match, as written;
           passage, what it says where no word matches but the meaning does;
           county, size, where it is from (the codes of `organisations.queries.regions`); year, None where no day is
           known; relevance, how well the words are met as the engine counts it, to be compared within one answer only.
    """

    ref: Ref
    municipality_id: UUID
    title: str
    url: str
    state: str
    state_rank: int
    score: float
    why: tuple[str, ...] = ()
    county: str = ""
    size: str = ""
    themes: tuple[str, ...] = ()
    year: int | None = None
    language: str = ""
    relevance: float = 0.0
    passage: str = ""


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for: words, and what they are narrowed by."""

    words: str
    kind: str = ""
    state: str = ""
    municipality_id: UUID | None = None
    county: str = ""
    size: str = ""
    theme: str = ""
    year: int | None = None
    language: str = ""


@dataclass(frozen=True)
class Suggestion:
    """How what somebody types may go on, and the document that says so. Not to be shown before its source agreed.

    Takes: text, what was typed with its last word completed; title, the whole title.
    """

    ref: Ref
    text: str
    title: str
    url: str


@dataclass(frozen=True)
class Fragment:
    """A piece of a passage, and whether it is a word that was looked for."""

    text: str
    is_hit: bool = False


Passage = tuple[Fragment, ...]


@dataclass(frozen=True)
class Excerpt:
    """What is shown of a document: its title and the stretch of its text where the words stand, the words apart.

    Takes: heading, the title as it stands; day, when it was written, or last changed where that is not known.
    """

    title: Passage
    text: Passage
    heading: str
    url: str
    day: date


@dataclass(frozen=True)
class WordMatch:
    """How one word of a text is met by a document.

    Takes: documents, how many have the word; rarity, what it tells (0–1); match, how well it is met (0–1).
    """

    word: str
    terms: tuple[str, ...]
    documents: int
    rarity: float
    match: float


@dataclass(frozen=True)
class Explanation:
    """Why a document is like a text: the score, and what it is made of."""

    score: float
    title: str
    title_likeness: float
    words: tuple[WordMatch, ...]


class Engine(Protocol):
    """An index of documents."""

    def put(self, documents: Sequence[Document], *, is_counted: bool = True) -> None:
        """Index documents, in place of what was known of the same objects.

        Takes: is_counted, False while everything is indexed anew; `recount` follows.
        """

    def remove(self, refs: Collection[Ref]) -> None:
        """Forget objects at once."""

    def alike(self, text: str, *, reader: Reader, exclude: Collection[Ref], limit: int, least: float) -> list[Hit]:
        """Documents like a text, most alike first, none with a score below the least."""

    def find(self, wanted: Wanted, *, reader: Reader, limit: int) -> list[Hit]:
        """Documents with the words, best first."""

    def suggest(
        self, prefix: str, *, reader: Reader, limit: int, municipality_id: UUID | None = None
    ) -> list[Suggestion]:
        """How what is being typed may go on, from titles, of one municipality or of all; best first."""

    def did_you_mean(self, words: str, *, reader: Reader, visible: Callable[[list[Hit]], list[Hit]]) -> str:
        """The words with their typing errors put right, as words of documents that `visible` lets through; or ""."""

    def excerpts(self, words: str, refs: Collection[Ref]) -> dict[Ref, Excerpt]:
        """What each document says where the words stand."""

    def explain(self, text: str, ref: Ref) -> Explanation | None:
        """Why a document is like a text, or is not; None if there is no such document."""

    def not_indexed_since(self, moment: datetime, *, kind: str = "") -> list[Ref]:
        """What was last indexed before a moment."""

    def recount(self) -> None:
        """Count anew how often each term occurs."""
