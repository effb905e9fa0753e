"""Documents with the words that somebody looks for."""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from grobunn.search.engine.interface import Hit, Reader, Ref, Wanted
from grobunn.search.words import content_words, words_of

_WORDS = 12

_FIND = """
SELECT kind, object_id, municipality_id, title, url, state, state_rank
  FROM search_indexeddocument d, CAST(%(query)s AS tsquery) q
 WHERE d.vector @@ q
   AND (d.visibility = 'public' OR d.municipality_id = ANY(%(municipalities)s))
   AND (%(kind)s = '' OR d.kind = %(kind)s)
   AND (%(state)s = '' OR d.state = %(state)s)
   AND (%(municipality)s::uuid IS NULL OR d.municipality_id = %(municipality)s)
 ORDER BY ts_rank(d.vector, q, 1) DESC, d.updated_at DESC, d.id DESC
 LIMIT %(limit)s
"""
_STEMS = """
SELECT w.n, tsvector_to_array(to_tsvector('norwegian', w.spelled) || to_tsvector('simple', w.written))
  FROM unnest(%s::text[], %s::text[]) WITH ORDINALITY w(spelled, written, n) ORDER BY w.n
"""


def find(wanted: Wanted, *, reader: Reader, limit: int) -> list[Hit]:
    """Documents with all the words, or with any of them where none has all; best first."""
    with connection.cursor() as cursor:
        stems = _stems(cursor, wanted.words)
        if not stems:
            return []
        for joined in (" & ", " | "):
            rows = _rows(cursor, joined.join(stems), wanted, reader, limit)
            if rows or len(stems) == 1:
                break
    return [
        Hit(
            ref=Ref(row[0], row[1]),
            municipality_id=row[2],
            title=row[3],
            url=row[4],
            state=row[5],
            state_rank=row[6],
            score=0.0,
        )
        for row in rows
    ]


def _stems(cursor: Any, words: str) -> list[str]:
    """Each word as a tsquery: its stem, or itself where the text is in another language; the last also as a start."""
    found = content_words(words, limit=_WORDS)
    if not found:
        return []
    cursor.execute(_STEMS, [[word.spelled for word in found], [word.written.lower() for word in found]])
    rows = cursor.fetchall()
    last = len(rows) if words_of(words)[-1:] == [found[-1].written.lower()] else 0
    return [
        "(" + " | ".join(f"'{term}'{':*' if position == last and len(term) > 2 else ''}" for term in terms) + ")"
        for position, terms in rows
        if terms
    ]


def _rows(cursor: Any, query: str, wanted: Wanted, reader: Reader, limit: int) -> Sequence[tuple[Any, ...]]:
    cursor.execute(
        _FIND,
        {
            "query": query,
            "municipalities": list(reader.municipality_ids),
            "kind": wanted.kind,
            "state": wanted.state,
            "municipality": wanted.municipality_id,
            "limit": limit,
        },
    )
    rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
