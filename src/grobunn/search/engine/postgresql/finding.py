"""Documents with the words that somebody looks for."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from grobunn.organisations.queries import regions
from grobunn.search.engine.interface import Hit, Reader, Wanted
from grobunn.search.engine.rows import COLUMNS, hit_of, places_wanted
from grobunn.search.words import content_words, words_of

_WORDS = 12

_FIND = f"""
SELECT {COLUMNS}, ts_rank(d.vector, q, 1)
  FROM search_indexeddocument d, CAST(%(query)s AS tsquery) q
 WHERE d.vector @@ q
   AND (d.visibility = 'public' OR d.municipality_id = ANY(%(municipalities)s))
   AND (%(kind)s = '' OR d.kind = %(kind)s)
   AND (%(state)s = '' OR d.state = %(state)s)
   AND (%(theme)s = '' OR %(theme)s = ANY(d.themes))
   AND (%(year)s::int IS NULL OR extract(year FROM d.written_on) = %(year)s)
   AND (%(language)s = '' OR d.language = %(language)s)
   AND (%(places)s::uuid[] IS NULL OR d.municipality_id = ANY(%(places)s))
 ORDER BY ts_rank(d.vector, q, 1) DESC, d.updated_at DESC, d.id DESC
 LIMIT %(limit)s
"""  # noqa: S608 -- a constant
_STEMS = """
SELECT tsvector_to_array(to_tsvector('norwegian', w.spelled) || to_tsvector('simple', w.written))
  FROM unnest(%s::text[], %s::text[]) WITH ORDINALITY w(spelled, written, n) ORDER BY w.n
"""


@dataclass(frozen=True)
class _Looked:
    """One word that is looked for: its terms, and whether it may be the beginning of a longer one."""

    terms: tuple[str, ...]
    is_start: bool

    @property
    def query(self) -> str:
        ending = ":*" if self.is_start else ""
        return "(" + " | ".join(f"'{term}'{ending if len(term) > 2 else ''}" for term in self.terms) + ")"


def find(wanted: Wanted, *, reader: Reader, limit: int) -> list[Hit]:
    """Documents with all the words, or with any of them where none has all; best first."""
    rows: Sequence[tuple[Any, ...]] = []
    with connection.cursor() as cursor:
        looked = _looked_for(cursor, wanted.words)
        for joined in (" & ", " | "):
            if looked and not rows:
                rows = _rows(cursor, joined.join(word.query for word in looked), wanted, reader, limit)
    where = regions()
    return [hit_of(row, where, relevance=row[-1]) for row in rows]


def _looked_for(cursor: Any, words: str) -> list[_Looked]:
    """Each word by its stem, or as it stands where the text is in another language; the last also as a beginning."""
    found = content_words(words, limit=_WORDS)
    if not found:
        return []
    cursor.execute(_STEMS, [[word.spelled for word in found], [word.written.lower() for word in found]])
    is_last_typed = words_of(words)[-1:] == [found[-1].written.lower()]
    terms = [row[0] for row in cursor.fetchall()]
    return [
        _Looked(tuple(each), is_start=is_last_typed and position == len(terms) - 1)
        for position, each in enumerate(terms)
        if each
    ]


def _rows(cursor: Any, query: str, wanted: Wanted, reader: Reader, limit: int) -> list[tuple[Any, ...]]:
    cursor.execute(
        _FIND,
        {
            "query": query,
            "municipalities": list(reader.municipality_ids),
            "kind": wanted.kind,
            "state": wanted.state,
            "theme": wanted.theme,
            "year": wanted.year,
            "language": wanted.language,
            "places": places_wanted(wanted),
            "limit": limit,
        },
    )
    rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
