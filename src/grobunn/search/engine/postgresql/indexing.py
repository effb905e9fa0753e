"""Writing the index in PostgreSQL."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from grobunn.search.engine.interface import Ref
from grobunn.search.language import language_of
from grobunn.search.models import TermKind
from grobunn.search.registry import Document
from grobunn.search.words import clean, grams_of, spelled

# One writer at a time: the counts of common words would otherwise be waited for in an order that deadlocks.
_LOCK = 0x5EA2C4
_NORWEGIAN = {"", "nb", "nn", "no"}
# So many that all of them find room in a page of the index that a search counts them from.
_MOST_THEMES = 20

# One statement for any number of rows; a list within a row goes as text, since PostgreSQL unnests lists of lists whole.
_PUT = """
INSERT INTO search_indexeddocument (kind, object_id, municipality_id, unit_id, visibility, state, state_rank, language,
                                    themes, written_on, updated_at, url, title, title_words, text, vector,
                                    title_grams, indexed_at)
SELECT kind, id, municipality_id, unit_id, visibility, state, state_rank, language, string_to_array(themes, ' '),
       written_on, updated_at, url, title, title_words, text,
       setweight(to_tsvector(config::regconfig, title_words), 'A')
           || setweight(to_tsvector(config::regconfig, text_words), 'D'),
       array_to_tsvector(string_to_array(grams, ' ')), clock_timestamp()
  FROM unnest(%(kind)s::text[], %(id)s::uuid[], %(municipality_id)s::uuid[], %(unit_id)s::uuid[],
              %(visibility)s::text[], %(state)s::text[], %(state_rank)s::int[], %(language)s::text[],
              %(themes)s::text[], %(written_on)s::date[], %(updated_at)s::timestamptz[], %(url)s::text[],
              %(title)s::text[], %(title_words)s::text[], %(text)s::text[], %(text_words)s::text[],
              %(config)s::text[], %(grams)s::text[])
       document (kind, id, municipality_id, unit_id, visibility, state, state_rank, language, themes, written_on,
                 updated_at, url, title, title_words, text, text_words, config, grams)
ON CONFLICT (kind, object_id) DO UPDATE
   SET municipality_id = excluded.municipality_id, unit_id = excluded.unit_id, visibility = excluded.visibility,
       state = excluded.state, state_rank = excluded.state_rank, language = excluded.language,
       themes = excluded.themes, written_on = excluded.written_on, updated_at = excluded.updated_at,
       url = excluded.url, title = excluded.title,
       title_words = excluded.title_words, text = excluded.text, vector = excluded.vector,
       title_grams = excluded.title_grams, indexed_at = excluded.indexed_at
"""
_TERMS = """
SELECT tsvector_to_array(vector), tsvector_to_array(title_grams) FROM search_indexeddocument
 WHERE (kind, object_id) IN (SELECT * FROM unnest(%s::text[], %s::uuid[]))
"""
_REMOVE = """
DELETE FROM search_indexeddocument WHERE (kind, object_id) IN (SELECT * FROM unnest(%s::text[], %s::uuid[]))
"""
_NOT_SINCE = """
SELECT kind, object_id FROM search_indexeddocument WHERE indexed_at < %s AND (%s = '' OR kind = %s)
"""
_COUNT = """
INSERT INTO search_termcount (kind, term, documents)
SELECT * FROM unnest(%s::text[], %s::text[], %s::int[])
ON CONFLICT (kind, term) DO UPDATE SET documents = greatest(search_termcount.documents + excluded.documents, 0)
"""
_RECOUNT = """
DELETE FROM search_termcount;
INSERT INTO search_termcount (kind, term, documents)
SELECT 'w', word, ndoc FROM ts_stat('SELECT vector FROM search_indexeddocument')
UNION ALL SELECT 'g', word, ndoc FROM ts_stat('SELECT title_grams FROM search_indexeddocument')
UNION ALL SELECT 'd', '', count(*) FROM search_indexeddocument;
"""


def put(documents: Sequence[Document], *, is_counted: bool = True) -> None:
    """Index documents.

    Takes:   is_counted, False while everything is indexed anew and counted at the end.
    Effects: rows, counts.
    """
    by_ref = {Ref(document.kind, document.id): document for document in documents}
    if not by_ref:
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        change = _terms(cursor, by_ref, sign=-1) if is_counted else Counter()
        cursor.execute(_PUT, _columns([_row(document) for document in by_ref.values()]))
        if is_counted:
            change.update(_terms(cursor, by_ref, sign=1))
            _write_counts(cursor, change)


def remove(refs: Collection[Ref]) -> None:
    """Forget objects. Effects: rows, counts."""
    if not refs:
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        change = _terms(cursor, refs, sign=-1)
        cursor.execute(_REMOVE, _parted(refs))
        _write_counts(cursor, change)


def not_indexed_since(moment: datetime, *, kind: str = "") -> list[Ref]:
    """What was last indexed before a moment, by the database's clock; of one kind, or of all."""
    with connection.cursor() as cursor:
        cursor.execute(_NOT_SINCE, [moment, kind, kind])
        return [Ref(*row) for row in cursor.fetchall()]


def recount() -> None:
    """Count every term anew: heals whatever the running counts missed. Effects: counts."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        cursor.execute(_RECOUNT)


def _row(document: Document) -> dict[str, Any]:
    title = clean(document.title).strip()
    text = clean(document.text).strip()
    title_words = spelled(title)
    language = language_of(f"{title}\n{text}", otherwise=document.language)
    is_norwegian = language in _NORWEGIAN
    return {
        "kind": document.kind,
        "id": document.id,
        "municipality_id": document.municipality_id,
        "unit_id": document.unit_id,
        "visibility": str(document.visibility),
        "state": document.state,
        "state_rank": document.state_rank,
        "language": language,
        "themes": " ".join(document.themes[:_MOST_THEMES]),
        "written_on": document.written_on,
        "updated_at": document.updated_at,
        "url": document.url,
        "title": title,
        "title_words": title_words,
        "text": text,
        "text_words": spelled(text),
        "config": "norwegian" if is_norwegian else "simple",
        "grams": " ".join(sorted({gram for word in title_words.split() for gram in grams_of(word)})),
    }


def _columns(rows: Sequence[dict[str, Any]]) -> dict[str, list[Any]]:
    return {name: [row[name] for row in rows] for name in rows[0]}


def _parted(refs: Iterable[Ref]) -> list[list[Any]]:
    pairs = list(refs)
    return [[ref.kind for ref in pairs], [ref.id for ref in pairs]]


def _terms(cursor: Any, refs: Iterable[Ref], *, sign: int) -> Counter[tuple[str, str]]:
    """How often each term occurs in documents as they are now, times the sign."""
    change: Counter[tuple[str, str]] = Counter()
    cursor.execute(_TERMS, _parted(refs))
    for words, grams in cursor.fetchall():
        change[(TermKind.DOCUMENT, "")] += sign
        for word in words:
            change[(TermKind.WORD, word)] += sign
        for gram in grams:
            change[(TermKind.GRAM, gram)] += sign
    return change


def _write_counts(cursor: Any, change: Counter[tuple[str, str]]) -> None:
    rows = sorted((kind, term, by) for (kind, term), by in change.items() if by)
    if rows:
        cursor.execute(_COUNT, [list(column) for column in zip(*rows, strict=True)])
