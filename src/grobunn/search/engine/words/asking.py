"""Questions to the index: documents with words, documents like a text. Answers are rows' ids, best first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

import tantivy
from tantivy import Query

from grobunn.search.engine.interface import Reader, Wanted
from grobunn.search.engine.rows import places_wanted
from grobunn.search.engine.words.queries import either
from grobunn.search.engine.words.reading import Opened
from grobunn.search.engine.words.shelves import Shelf, best_of, shelves_of
from grobunn.search.engine.words.terms import Term, terms_of
from grobunn.search.words import grams_of, words_of

# Titles are short, so a word in one tells more as it is; how words are spelled tells a little. A word counts where it
# tells most, and a little for the other place: found on the questions of NorQuAD (docs/search-evaluation.md).
_SYNONYM = 0.8
_GRAM = 0.06
_OTHER_PLACE = 0.2
# Where fewer than so many have all the words, the best of those with some follow.
_ENOUGH = 10
# Bounds, so that no question costs more than any other, however long it is and whatever it holds.
_WORDS_FOUND = 24
_WORDS_TELLING = 12
_WORDS_ALIKE = 12
_GRAM_WORDS = 12
_GRAM_POSTINGS = 100_000
_BEGINNINGS = 24
_LEAST_BEGINNING = 3
# Of a question as long as this, most words only say how it is asked: the best matches count, not all words.
_LONG = 5
# Of so few, all must be there.
_SHORT = 2


@dataclass(frozen=True)
class Asked:
    """An answer: rows by their ids with how well they meet the words, best first."""

    relevance: dict[int, float]

    @property
    def ids(self) -> list[int]:
        return list(self.relevance)


def find(wanted: Wanted, *, opened: Opened, reader: Reader, limit: int) -> Asked:
    """Documents with all the words; where few have, after them the best with most of them, or any.

    The last word may be one that is only begun.
    """
    terms = terms_of(
        wanted.words,
        opened=opened,
        municipality_id=wanted.municipality_id or reader.municipality_id,
        limit=_WORDS_FOUND,
    )
    if not terms:
        return Asked({})
    if len(terms) > _WORDS_TELLING:
        telling = sorted(terms, key=lambda term: (not term.documents, term.documents))[:_WORDS_TELLING]
        terms = [term for term in terms if term in telling]
    shelves = shelves_of(opened, reader, _narrowings(wanted, opened))
    is_last_begun = words_of(wanted.words)[-1:] == [terms[-1].word.written.lower()]
    found: dict[int, float] = {}
    for queries in zip(*(_stages(terms, shelf, is_last_begun=is_last_begun) for shelf in shelves), strict=True):
        more = best_of(zip(shelves, queries, strict=True), _ENOUGH if found else limit)
        found |= {row: score for row, score in more.items() if row not in found}
        if len(found) >= _ENOUGH:
            break
    return Asked(found)


def alike(terms: Sequence[Term], *, opened: Opened, reader: Reader, limit: int) -> Asked:
    """Documents that have the rarest of the words, or titles that are spelled like them."""
    rarest = sorted(terms, key=lambda term: term.documents)[:_WORDS_ALIKE]
    # All in one row, so that the index skips what cannot win; how alike each is gets weighed afterwards.
    asked = []
    for shelf in shelves_of(opened, reader) if terms else ():
        words = [query for term in rarest for query in _in_title_or_text(term, shelf)]
        asked.append((shelf, either([*words, *_spelling(terms, shelf)])))
    return Asked(best_of(asked, limit))


def titles_with(wanted: Wanted, *, opened: Opened, reader: Reader, limit: int) -> Asked:
    """Titles with all the words, the last one begun: how what is typed may go on."""
    terms = terms_of(wanted.words, opened=opened, municipality_id=None, limit=_WORDS_FOUND)
    if not terms:
        return Asked({})

    def query(shelf: Shelf) -> Query:
        whole = [shelf.term("title", term.stem) for term in terms[:-1]]
        begun = either([shelf.term("title", stem) for stem in [terms[-1].stem, *beginnings(terms[-1], shelf)]])
        return either([*whole, begun], at_least=len(terms))

    shelves = shelves_of(opened, reader, _narrowings(wanted, opened))
    return Asked(best_of([(shelf, query(shelf)) for shelf in shelves], limit))


def having(term: Term, *, opened: Opened, reader: Reader, limit: int) -> Asked:
    """Documents that have one word, as it stands."""
    shelves = shelves_of(opened, reader)
    asked = [(shelf, either([shelf.term(field, term.stem) for field in ("title", "text")])) for shelf in shelves]
    return Asked(best_of(asked, limit))


def misspelt(terms: Sequence[Term], *, opened: Opened, reader: Reader, limit: int) -> Asked:
    """Titles with words that are a letter or two away from these."""
    stems = [term.stem for term in terms if len(term.stem) >= _LEAST_BEGINNING]
    if not stems:
        return Asked({})
    asked = [
        (shelf, either([shelf.near("title", stem, letters=1 if len(stem) < _LONG else 2) for stem in stems]))
        for shelf in shelves_of(opened, reader)
    ]
    return Asked(best_of(asked, limit))


def beginnings(term: Term, shelf: Shelf) -> list[str]:
    """The stems in titles that a word may be the beginning of, the most frequent first."""
    begun = term.word.spelled
    if len(begun) < _LEAST_BEGINNING:
        return []
    # The stem is shorter than the word where its ending looks like one that bends: both may be begun words.
    prefixes = {begun, term.stem} if len(term.stem) >= _LEAST_BEGINNING else {begun}
    found = {
        stem: count for prefix in prefixes for stem, count in shelf.beginning_with("title", prefix, limit=_BEGINNINGS)
    }
    return sorted(found, key=lambda stem: -found[stem])[:_BEGINNINGS]


def _word(term: Term, shelf: Shelf, *, is_begun: bool) -> Query:
    """One word that is looked for, wherever it stands and whatever it is called."""
    queries = _in_title_or_text(term, shelf)
    if is_begun:
        queries += [shelf.term("title", stem) for stem in beginnings(term, shelf) if stem != term.stem]
        queries += [shelf.term("text", stem) for stem in _beginnings_in_text(term, shelf)]
    return Query.disjunction_max_query(queries, tie_breaker=_OTHER_PLACE)


def _beginnings_in_text(term: Term, shelf: Shelf) -> list[str]:
    if len(term.word.spelled) < _LEAST_BEGINNING:
        return []
    found = shelf.beginning_with("text", term.word.spelled, limit=_BEGINNINGS)
    return [stem for stem, _count in found if stem != term.stem]


def _in_title_or_text(term: Term, shelf: Shelf) -> list[Query]:
    queries = [shelf.term(field, term.stem) for field in ("title", "text")]
    others = [shelf.term(field, stem) for stem in term.others for field in ("title", "text")]
    return [*queries, *(Query.boost_query(query, _SYNONYM) for query in others)]


def _spelling(terms: Sequence[Term], shelf: Shelf) -> list[Query]:
    """The rarest character grams of the rarest words, as many as their documents allow."""
    rarest = sorted(terms, key=lambda term: term.documents)[:_GRAM_WORDS]
    grams = dict.fromkeys(gram for term in rarest for gram in grams_of(term.word.spelled))
    counted = sorted((shelf.count("grams", gram), gram) for gram in grams)
    chosen: list[Query] = []
    postings = 0
    for documents, gram in counted:
        postings += documents
        if postings > _GRAM_POSTINGS:
            break
        if documents:
            chosen.append(Query.boost_query(shelf.term("grams", gram), _GRAM))
    return chosen


def _inside(term: Term, shelf: Shelf) -> list[Query]:
    """Words that hold the whole word inside them, such as elsykler of sykkel. A word of three letters has no gram."""
    inner = [gram for gram in grams_of(term.word.spelled) if "_" not in gram]
    if not inner:
        return []
    return [Query.const_score_query(either([shelf.term("grams", gram) for gram in inner], at_least=len(inner)), 1.0)]


def _narrowings(wanted: Wanted, opened: Opened) -> list[Query]:
    named = {"kind": wanted.kind, "state": wanted.state, "theme": wanted.theme, "language": wanted.language}
    conditions = [Query.term_query(opened.schema, name, value) for name, value in named.items() if value]
    if wanted.year is not None:
        conditions.append(Query.term_query(opened.schema, "year", max(wanted.year, 0)))
    places = places_wanted(wanted)
    if places is not None:
        conditions.append(Query.term_set_query(opened.schema, "municipality", [place.hex for place in places]))
    return conditions


def _stages(terms: Sequence[Term], shelf: Shelf, *, is_last_begun: bool) -> Iterator[Query]:
    """What is asked for at first, and what after it while few have been found."""
    words = [_word(term, shelf, is_begun=is_last_begun and term is terms[-1]) for term in terms]
    if len(words) >= _LONG:
        spelled = (tantivy.Occur.Should, either(_spelling(terms, shelf)))
        for at_least in (ceil(len(words) / 3), 1):
            yield Query.boolean_query([(tantivy.Occur.Must, either(words, at_least=at_least)), spelled])
    elif len(words) > _SHORT:
        yield either(words, at_least=len(words) - 1)
        yield either(words)
    else:
        yield either(words, at_least=len(words))
        parts = [either([word, *_inside(term, shelf)]) for word, term in zip(words, terms, strict=True)]
        yield either(parts, at_least=len(parts))
        yield either(words)
