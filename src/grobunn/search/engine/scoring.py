"""How alike a text and a document are, from 0 to 1. Pure arithmetic: everything it needs is given."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from grobunn.search.stopwords import WEAK_WORDS
from grobunn.search.words import Word

# What the score means to a reader; found on the development set of similar ideas (docs/decisions/0036).
SAME, CLOSE, RELATED = 0.75, 0.5, 0.3

_LEAST_DOCUMENTS = 1000  # A small index knows little of how common words are: read as if it were this large.
_WEAK = 0.35
_IN_TEXT = 0.8
_LEAST_SPELLING = 0.5
_EVIDENCE = 1.2


@dataclass(frozen=True)
class QueryWord:
    """A word of the text: what it is looked up by, and how rare it is (0 in every document, 1 in hardly any)."""

    word: Word
    terms: frozenset[str]
    documents: int
    rarity: float
    grams: frozenset[str]


@dataclass(frozen=True)
class Candidate:
    """What is known of a document: its terms, those of the title, and how alike titles are by characters."""

    terms: frozenset[str]
    title_terms: frozenset[str]
    title_word_grams: tuple[frozenset[str], ...]
    title_likeness: float


@dataclass(frozen=True)
class Likeness:
    """The score of a document, and how each word of the text made it."""

    score: float
    matches: tuple[tuple[QueryWord, float], ...]

    @property
    def why(self) -> tuple[str, ...]:
        """The words that match, as they were written, the one that tells most first."""
        matched = sorted((pair for pair in self.matches if pair[1]), key=lambda pair: -pair[0].rarity * pair[1])
        return tuple(word.word.written for word, _match in matched)


def rarity(word: str, *, documents: int, of: int) -> float:
    """How much a word tells: near 1 for one that hardly any document has, 0 for one that all have.

    Takes: documents, how many have it; of, how many there are.
    """
    all_documents = max(of, _LEAST_DOCUMENTS)
    weight = math.log((all_documents + 1) / (min(documents, all_documents) + 1)) / math.log(all_documents + 1)
    return weight * _WEAK if word in WEAK_WORDS else weight


def likeness(words: Sequence[QueryWord], candidate: Candidate) -> Likeness:
    """How alike the words of a text and a document are."""
    matches = tuple((word, _match(word, candidate)) for word in words)
    matched = sum(word.rarity * match for word, match in matches)
    wanted = sum(word.rarity for word in words)
    if not matched or not wanted:
        return Likeness(0.0, matches)
    coverage = matched / wanted
    title = candidate.title_likeness
    alike = max(0.7 * coverage + 0.3 * title, 0.25 * coverage + 0.75 * title)
    score = alike * (1 - math.exp(-((matched / _EVIDENCE) ** 2)))
    return Likeness(round(min(score, 1.0), 3), matches)


def _match(word: QueryWord, candidate: Candidate) -> float:
    """How well one word is met: 1 in the title, less in the text, by its spelling where the word itself is lacking."""
    if word.terms & candidate.title_terms:
        return 1.0
    if word.terms & candidate.terms:
        return _IN_TEXT
    closest = max((_shared(word.grams, grams) for grams in candidate.title_word_grams), default=0.0)
    return closest if closest >= _LEAST_SPELLING else 0.0


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    """Dice's coefficient of two sets of grams."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0
