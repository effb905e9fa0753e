"""The words of a text as the index knows them: their stems, how many documents have them, what else they are called."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from grobunn.search.derivation import derived
from grobunn.search.engine import scoring
from grobunn.search.engine.scoring import QueryWord
from grobunn.search.engine.words.reading import Opened
from grobunn.search.engine.words.schema import stemmer
from grobunn.search.engine.words.shelves import all_shelves
from grobunn.search.synonyms import other_stems
from grobunn.search.words import Word, content_words, grams_of

_STEMMER = stemmer()


@dataclass(frozen=True)
class Term:
    """One word that is looked for.

    Takes: documents, how many have it; others, stems of other words for the same thing.
    """

    word: Word
    stem: str
    documents: int
    others: tuple[str, ...]


@lru_cache(maxsize=50_000)
def stem_of(spelled: str) -> str:
    """The stem of one word that is spelled already."""
    return str(next(iter(_STEMMER.analyze(spelled)), spelled))


def terms_of(text: str, *, opened: Opened, municipality_id: UUID | None, limit: int) -> list[Term]:
    """The words of a text that say what it is about, each stem once, in order, at most so many."""
    by_stem: dict[str, Word] = {}
    for word in content_words(text, limit=limit):
        by_stem.setdefault(stem_of(word.spelled), word)
    spelled = [word.spelled for word in by_stem.values()]
    others = other_stems(spelled, municipality_id=municipality_id, stem_of=stem_of)
    terms = []
    for (stem, word), also in zip(by_stem.items(), others, strict=True):
        documents = documents_with(stem, opened)
        # What no text calls so may be there by the other name: programmere, programmering.
        other = "" if documents else derived(word.spelled)
        terms.append(Term(word, stem, documents, (*also, stem_of(other)) if other else also))
    return terms


def documents_with(stem: str, opened: Opened) -> int:
    """How many documents have a stem, roughly: in the text, or in the title if that is more."""
    return sum(max(shelf.count("title", stem), shelf.count("text", stem)) for shelf in all_shelves(opened))


def query_words(terms: Sequence[Term], *, opened: Opened) -> list[QueryWord]:
    """Terms as likeness is scored by."""
    total = opened.searcher.num_docs
    return [
        QueryWord(
            word=term.word,
            terms=frozenset({term.stem, term.word.spelled, term.word.written.lower(), *term.others}),
            documents=term.documents,
            rarity=scoring.rarity(term.word.written.lower(), documents=term.documents, of=total),
            grams=frozenset(grams_of(term.word.spelled)),
        )
        for term in terms
    ]
