"""Candidates as the database knows them, scored and put in order: the same for every engine that finds them."""

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import Any

from grobunn.organisations.queries import regions
from grobunn.search.engine import scoring
from grobunn.search.engine.interface import Explanation, Hit, Reader, WordMatch
from grobunn.search.engine.rows import COLUMNS, TITLE, hit_of
from grobunn.search.engine.scoring import Candidate, QueryWord
from grobunn.search.words import grams_of

# At most so many words of a text are looked at; so many documents are compared with it word by word.
WORDS = 40
CANDIDATES = 60
_OWN = 0.05

# What a candidate is scored by, beside what a hit shows; %(spelled_text)s is the text as its words are looked up.
CANDIDATE_COLUMNS = (
    f"{COLUMNS}, d.id, d.title_words, tsvector_to_array(d.vector), "
    "tsvector_to_array(ts_filter(d.vector, '{a}')), word_similarity(d.title_words, %(spelled_text)s)"
)
_BY_IDS = f"""
SELECT {CANDIDATE_COLUMNS} FROM search_indexeddocument d
 WHERE d.id = ANY(%(ids)s) AND (d.visibility = 'public' OR d.municipality_id = ANY(%(municipalities)s))
"""  # noqa: S608 -- constants
_BY_REF = f"""
SELECT {CANDIDATE_COLUMNS} FROM search_indexeddocument d WHERE d.kind = %(kind)s AND d.object_id = %(id)s
"""  # noqa: S608 -- constants
_ROW_ID = -5


def candidates_by_ids(
    cursor: Any, ids: Sequence[int], words: Sequence[QueryWord], reader: Reader
) -> list[tuple[Any, ...]]:
    """The rows of some ids that the reader may find now; what was hidden a moment ago is not among them."""
    municipalities = list(reader.municipality_ids)
    cursor.execute(_BY_IDS, {"ids": list(ids), "municipalities": municipalities, "spelled_text": spelled_text(words)})
    rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def row_id(row: tuple[Any, ...]) -> int:
    """The id of a candidate's row."""
    found: int = row[_ROW_ID]
    return found


def spelled_text(words: Sequence[QueryWord]) -> str:
    """The words as they are compared with titles, letter by letter."""
    return " ".join(word.word.spelled for word in words)


def scored(
    rows: Sequence[tuple[Any, ...]],
    words: Sequence[QueryWord],
    *,
    least: float,
    relevance: Mapping[int, float] | None = None,
) -> list[Hit]:
    """Candidates that are alike enough as hits, with how alike they are and why.

    Takes: least, the lowest score that is given; relevance, how well the engine that found them says that they meet the
           words, by their rows' ids.
    """
    where = regions()
    hits = []
    for row in rows:
        found = scoring.likeness(words, _candidate(row))
        if found.score < least:
            continue
        known = (relevance or {}).get(row_id(row), 0.0)
        hits.append(hit_of(row, where, score=found.score, why=found.why, relevance=known))
    return hits


def in_order(hits: Collection[Hit], reader: Reader) -> list[Hit]:
    """Hits as they help: how alike in three steps, usable ones first within a step, a little for one's own place."""
    return sorted(hits, key=lambda hit: _order(hit, reader))


def explained(row: tuple[Any, ...], words: Sequence[QueryWord]) -> Explanation:
    """Why a document is like the words, or is not."""
    candidate = _candidate(row)
    found = scoring.likeness(words, candidate)
    return Explanation(
        score=found.score,
        title=row[TITLE],
        title_likeness=round(candidate.title_likeness, 3),
        words=tuple(
            WordMatch(
                word=word.word.written,
                terms=tuple(sorted(word.terms)),
                documents=word.documents,
                rarity=round(word.rarity, 3),
                match=round(match, 3),
            )
            for word, match in found.matches
        ),
    )


def row_by_ref(cursor: Any, *, kind: str, object_id: Any, words: Sequence[QueryWord]) -> tuple[Any, ...] | None:
    """The row of one object, whoever asks."""
    cursor.execute(_BY_REF, {"kind": kind, "id": object_id, "spelled_text": spelled_text(words)})
    row: tuple[Any, ...] | None = cursor.fetchone()
    return row


def _candidate(row: tuple[Any, ...]) -> Candidate:
    title_words, terms, title_terms, title_likeness = row[-4:]
    return Candidate(
        terms=frozenset(terms),
        title_terms=frozenset(title_terms),
        title_word_grams=tuple(map(_grams, title_words.split())),
        title_likeness=title_likeness,
    )


@lru_cache(maxsize=20_000)
def _grams(word: str) -> frozenset[str]:
    """Most words of titles are met again and again."""
    return frozenset(grams_of(word))


def _order(hit: Hit, reader: Reader) -> tuple[float, ...]:
    step = 0 if hit.score >= scoring.SAME else 1 if hit.score >= scoring.CLOSE else 2
    own = _OWN if hit.municipality_id == reader.municipality_id else 0.0
    return (step, hit.state_rank, -(hit.score + own))
