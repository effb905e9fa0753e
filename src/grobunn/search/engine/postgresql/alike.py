"""Documents like a text: the rarest few terms find candidates at a bounded cost, all terms score them."""

from collections.abc import Collection, Sequence
from itertools import combinations
from typing import Any

from django.db import connection

from grobunn.search.engine import scoring
from grobunn.search.engine.candidates import (
    CANDIDATE_COLUMNS,
    CANDIDATES,
    WORDS,
    explained,
    in_order,
    row_by_ref,
    scored,
    spelled_text,
)
from grobunn.search.engine.interface import Explanation, Hit, Reader, Ref
from grobunn.search.engine.scoring import QueryWord
from grobunn.search.words import Word, content_words, grams_of

# Candidates are found by terms that together stand in at most so many documents: the cost is bounded however common the
# words and however large the index.
_GRAM_WORDS = 12
_POSTINGS = 1000
_ENOUGH = 3

_COUNTS = """
SELECT w.n, t.stem, t.term, coalesce(c.documents, 0)
  FROM unnest(%(spelled)s::text[], %(written)s::text[]) WITH ORDINALITY w(spelled, written, n)
 CROSS JOIN LATERAL (
        SELECT stem, unnest(ARRAY[stem, w.written]) AS term
          FROM unnest(tsvector_to_array(to_tsvector('norwegian', w.spelled))) s(stem)) t
  LEFT JOIN search_termcount c ON c.kind = 'w' AND c.term = t.term COLLATE "C"
 UNION ALL
SELECT 0, '', '', documents FROM search_termcount WHERE kind = 'd' AND term = ''
 ORDER BY 1
"""
_GRAM_COUNTS = """
SELECT g.term, c.documents FROM unnest(%s::text[]) g(term)
  JOIN search_termcount c ON c.kind = 'g' AND c.term = g.term COLLATE "C" WHERE c.documents > 0
"""
# The limit inside each branch says nothing new (the terms were chosen so); it keeps the planner from starting
# parallel workers, which costs more than the whole query.
_CANDIDATES_SQL = f"""
WITH found AS (
    SELECT hit.id, sum(hit.weight) AS weight FROM (
        SELECT d.id, q.weight FROM unnest(%(queries)s::text[], %(weights)s::float[]) q(query, weight)
         CROSS JOIN LATERAL (
                SELECT id FROM search_indexeddocument
                 WHERE vector @@ q.query::tsquery
                   AND (visibility = 'public' OR municipality_id = ANY(%(municipalities)s))
                 LIMIT %(postings)s) d
        UNION ALL
        SELECT d.id, q.weight FROM unnest(%(gram_queries)s::text[], %(gram_weights)s::float[]) q(query, weight)
         CROSS JOIN LATERAL (
                SELECT id FROM search_indexeddocument
                 WHERE title_grams @@ q.query::tsquery
                   AND (visibility = 'public' OR municipality_id = ANY(%(municipalities)s))
                 LIMIT %(postings)s) d
    ) hit GROUP BY hit.id ORDER BY 2 DESC, 1 DESC LIMIT %(limit)s
)
SELECT {CANDIDATE_COLUMNS}
  FROM found JOIN search_indexeddocument d USING (id)
"""  # noqa: S608 -- a constant


def alike(text: str, *, reader: Reader, exclude: Collection[Ref], limit: int, least: float) -> list[Hit]:
    """Documents like a text, in the order in which they help: how alike, usable ones first, one's own municipality.

    Takes:   any text; exclude, objects that are never found; least, the lowest score that is given.
    Returns: at most `limit`.
    """
    with connection.cursor() as cursor:
        words = _query_words(cursor, text)
        if not words:
            return []
        rows = _candidates(cursor, words, reader)
    unwanted = set(exclude)
    hits = [hit for hit in scored(rows, words, least=least) if hit.ref not in unwanted]
    return in_order(hits, reader)[:limit]


def explain(text: str, ref: Ref) -> Explanation | None:
    """Why a document is like a text, or is not."""
    with connection.cursor() as cursor:
        words = _query_words(cursor, text)
        row = row_by_ref(cursor, kind=ref.kind, object_id=ref.id, words=words)
    return None if row is None else explained(row, words)


def _query_words(cursor: Any, text: str) -> list[QueryWord]:
    words = content_words(text, limit=WORDS)
    if not words:
        return []
    cursor.execute(
        _COUNTS,
        {"spelled": [word.spelled for word in words], "written": [word.written.lower() for word in words]},
    )
    by_stem: dict[str, dict[str, int]] = {}
    first: dict[str, int] = {}
    for position, stem, term, documents in cursor.fetchall():
        by_stem.setdefault(stem, {})[term] = documents
        first.setdefault(stem, position)
    total = by_stem.pop("", {}).get("", 0)
    return [_query_word(words[first[stem] - 1], counts, total) for stem, counts in by_stem.items()]


def _query_word(word: Word, counts: dict[str, int], total: int) -> QueryWord:
    documents = max(counts.values())
    return QueryWord(
        word=word,
        terms=frozenset(counts),
        documents=documents,
        rarity=scoring.rarity(word.written.lower(), documents=documents, of=total),
        grams=frozenset(grams_of(word.spelled)),
    )


def _candidates(cursor: Any, words: Sequence[QueryWord], reader: Reader) -> list[tuple[Any, ...]]:
    queries = _word_queries(words)
    gram_queries = _gram_queries(cursor, words)
    cursor.execute(
        _CANDIDATES_SQL,
        {
            "queries": list(queries),
            "weights": list(queries.values()),
            "gram_queries": list(gram_queries),
            "gram_weights": list(gram_queries.values()),
            "municipalities": list(reader.municipality_ids),
            "spelled_text": spelled_text(words),
            "postings": _POSTINGS,
            "limit": CANDIDATES,
        },
    )
    rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _word_queries(words: Sequence[QueryWord]) -> dict[str, float]:
    """Queries of the rarest words, as many as the bound on postings allows; of common words only two together."""
    known = sorted((word for word in words if word.documents), key=lambda word: word.documents)
    chosen: dict[str, float] = {}
    postings = 0
    for word in known:
        postings += word.documents
        if postings > _POSTINGS:
            break
        chosen[_any_of(word.terms)] = word.rarity
    if len(chosen) < _ENOUGH:
        for one, other in combinations(known[: _ENOUGH + 1], 2):
            chosen[f"({_any_of(one.terms)}) & ({_any_of(other.terms)})"] = one.rarity + other.rarity
    return chosen


def _gram_queries(cursor: Any, words: Sequence[QueryWord]) -> dict[str, float]:
    """Queries of the rarest grams of the rarest words: what finds misspelt titles and the other form of Norwegian."""
    rarest = sorted(words, key=lambda word: word.documents)[:_GRAM_WORDS]
    weight_of: dict[str, float] = {}
    for word in rarest:
        grams = grams_of(word.word.spelled)
        for gram in grams:
            weight_of[gram] = max(weight_of.get(gram, 0.0), word.rarity / len(grams))
    cursor.execute(_GRAM_COUNTS, [list(weight_of)])
    chosen: dict[str, float] = {}
    postings = 0
    for gram, documents in sorted(cursor.fetchall(), key=lambda row: row[1]):
        postings += documents
        if postings > _POSTINGS:
            break
        chosen[_quoted(gram)] = weight_of[gram]
    return chosen


def _any_of(terms: Collection[str]) -> str:
    return " | ".join(_quoted(term) for term in sorted(terms))


def _quoted(term: str) -> str:
    """A term as the tsquery type reads it; words hold letters and digits only, so nothing needs escaping."""
    return f"'{term}'"
