"""Vectors in PostgreSQL, by the extension pgvector where it is: kept, found, and gone with their documents.

The table is Django's; its column of vectors is added here, because its type exists only where the extension does.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from django.db import DatabaseError, connection, transaction

from grobunn.organisations.queries import regions
from grobunn.search.engine.interface import Hit, Reader, Ref
from grobunn.search.engine.rows import COLUMNS, hit_of
from grobunn.search.meaning.embedder import Vectors

# Half precision, and an index that goes on looking where a filter leaves too few: both need this release.
LEAST_VERSION = (0, 8)
# The most numbers that a vector of half precision may have in such an index.
MOST_NUMBERS = 4000
# How many neighbours the index looks at before it goes on for those that the reader may find.
_LOOKED_AT = 80

_HAS_COLUMN = """
SELECT EXISTS (SELECT FROM pg_attribute
                WHERE attrelid = 'search_documentvector'::regclass AND attname = 'vector' AND NOT attisdropped)
"""
_VERSION = "SELECT installed_version, default_version FROM pg_available_extensions WHERE name = 'vector'"
_WRITE = """
INSERT INTO search_documentvector (document_id, model_id, part, digest, vector)
SELECT d.id, %(model)s, w.part, w.digest, w.vector::halfvec
  FROM unnest(%(documents)s::bigint[], %(parts)s::int[], %(digests)s::bytea[], %(vectors)s::text[])
       w(document_id, part, digest, vector)
  JOIN search_indexeddocument d ON d.id = w.document_id
    ON CONFLICT (document_id, model_id, part) DO UPDATE SET digest = excluded.digest, vector = excluded.vector
"""
_DIGESTS = (
    "SELECT document_id, digest FROM search_documentvector WHERE model_id = %s AND part = 0 AND document_id = ANY(%s)"
)
_NEAR = """
SELECT {columns}, v.part, 1 - {distance}
  FROM search_documentvector v JOIN search_indexeddocument d ON d.id = v.document_id
 WHERE v.model_id = {model} AND (d.visibility = 'public' OR d.municipality_id = ANY(%(municipalities)s))
"""
_REFS = "SELECT * FROM unnest(%(kinds)s::text[], %(ids)s::uuid[])"
_LOOK_ON = f"SET LOCAL hnsw.iterative_scan = 'relaxed_order'; SET LOCAL hnsw.ef_search = {_LOOKED_AT}"


@dataclass(frozen=True)
class Storage:
    """Whether vectors can be kept in this database, and in words why not."""

    is_there: bool
    reason: str = ""


class Kept(NamedTuple):
    """What is kept of one document: its parts' vectors, and a digest of the text that they were made of."""

    document_id: int
    digest: bytes
    vectors: Vectors


class Near(NamedTuple):
    """A document near a text: the part of it that is nearest, and the cosine of that."""

    hit: Hit
    part: int
    cosine: float


def room() -> Storage:
    """Whether vectors are kept here, or can be as soon as the background job makes room for them."""
    with connection.cursor() as cursor:
        cursor.execute(_HAS_COLUMN)
        if cursor.fetchone()[0]:
            return Storage(is_there=True)
        cursor.execute(_VERSION)
        row = cursor.fetchone()
    if row is None:
        return Storage(is_there=False, reason="extension missing")
    installed, offered = row
    if _version(installed or offered) < LEAST_VERSION:
        return Storage(is_there=False, reason="extension too old")
    return Storage(is_there=True)


def prepared() -> Storage:
    """Make room for vectors, where that can be and has not been done. Effects: extension, column."""
    found = room()
    if not found.is_there:
        return found
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_HAS_COLUMN)
            if not cursor.fetchone()[0]:
                cursor.execute("CREATE EXTENSION IF NOT EXISTS vector")
                cursor.execute("ALTER TABLE search_documentvector ADD COLUMN IF NOT EXISTS vector halfvec")
    except DatabaseError:
        return Storage(is_there=False, reason="extension not allowed")
    return found


def add_index(model_id: int, *, dim: int) -> None:
    """The index of one model's vectors; made while it has none, each vector is added as it comes. Effects: index."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE INDEX IF NOT EXISTS {_index_name(model_id)} ON search_documentvector "
            f"USING hnsw ((vector::halfvec({int(dim)})) halfvec_cosine_ops) WHERE model_id = {int(model_id)}"
        )


def forget(model_id: int) -> None:
    """Delete a model's vectors and their index. Effects: rows, index."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP INDEX IF EXISTS {_index_name(model_id)}")
        cursor.execute("DELETE FROM search_documentvector WHERE model_id = %s", [model_id])


def digests(model_id: int, document_ids: Sequence[int]) -> dict[int, bytes]:
    """Of which texts the vectors of some documents were made."""
    with connection.cursor() as cursor:
        cursor.execute(_DIGESTS, [model_id, list(document_ids)])
        return {document_id: bytes(digest) for document_id, digest in cursor.fetchall()}


def keep(model_id: int, kept: Sequence[Kept]) -> None:
    """Keep documents' vectors in place of what was kept of them; a document that went meanwhile is passed over.

    Effects: rows.
    """
    rows = [(each, part, vector) for each in kept for part, vector in enumerate(each.vectors)]
    with transaction.atomic(), connection.cursor() as cursor:
        for each in kept:
            cursor.execute(
                "DELETE FROM search_documentvector WHERE model_id = %s AND document_id = %s AND part >= %s",
                [model_id, each.document_id, len(each.vectors)],
            )
        cursor.execute(
            _WRITE,
            {
                "model": model_id,
                "documents": [each.document_id for each, _part, _vector in rows],
                "parts": [part for _each, part, _vector in rows],
                "digests": [each.digest for each, _part, _vector in rows],
                "vectors": [_written(vector) for _each, _part, vector in rows],
            },
        )


def nearest(vector: Vectors, *, model_id: int, reader: Reader, also: Collection[Ref], limit: int) -> list[Near]:
    """Documents that a reader may find whose meaning is near a vector, nearest first, each once.

    Takes: also, documents whose nearness is wanted however far away they are.
    """
    distance = f"((v.vector::halfvec({len(vector)})) <=> %(vector)s::halfvec({len(vector)}))"
    select = _NEAR.format(columns=COLUMNS, distance=distance, model=int(model_id))
    values: dict[str, Any] = {
        "vector": _written(vector),
        "municipalities": list(reader.municipality_ids),
        "kinds": [ref.kind for ref in also],
        "ids": [ref.id for ref in also],
        "limit": limit,
    }
    # Inside a transaction of its own: the settings are gone with it.
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_LOOK_ON)
        cursor.execute(f"{select} ORDER BY {distance} LIMIT %(limit)s", values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        if also:
            cursor.execute(f"{select} AND (d.kind, d.object_id) IN ({_REFS})", values)
            rows += cursor.fetchall()
    found: dict[Ref, Near] = {}
    where = regions()
    for row in sorted(rows, key=lambda each: -float(each[-1])):
        near = Near(hit_of(row, where), part=row[-2], cosine=float(row[-1]))
        found.setdefault(near.hit.ref, near)
    return list(found.values())


def texts_of(refs: Collection[Ref]) -> dict[Ref, tuple[str, str]]:
    """Titles and texts of some documents."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT kind, object_id, title, text FROM search_indexeddocument "
            "WHERE (kind, object_id) IN (SELECT * FROM unnest(%s::text[], %s::uuid[]))",
            [[ref.kind for ref in refs], [ref.id for ref in refs]],
        )
        return {Ref(kind, object_id): (title, text) for kind, object_id, title, text in cursor.fetchall()}


def _index_name(model_id: int) -> str:
    return f"search_vector_of_model_{int(model_id)}"


def _written(vector: Vectors) -> str:
    return "[" + ",".join(np.char.mod("%.5g", vector)) + "]"


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(".")[:2])
