"""Writing an index: documents in, documents out, and where in the feed it stands, all in one commit."""

import json
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

import tantivy
from django.db import connection

from grobunn.search.engine.words.damage import IndexDamaged, damage
from grobunn.search.engine.words.feed import Point
from grobunn.search.engine.words.schema import COLUMNS, Row, entry, name_analysers, schema

# The document that holds the position has the number that no row has.
_POSITION_ROW = 0

# Less than this the library refuses.
_LEAST_MEMORY = 15_000_000

_ROWS = f"SELECT {COLUMNS} FROM search_indexeddocument WHERE id = ANY(%s)"  # noqa: S608 -- constants


@dataclass(frozen=True)
class Position:
    """Where an index stands.

    Takes: identity, the database it was made from; xid, id, the point in the feed; built_to, the last row read while
           it is being made, None when it is whole.
    """

    identity: str
    xid: int
    id: int
    built_to: int | None = None

    @property
    def point(self) -> Point:
        return Point(self.xid, self.id)


class IndexWriter:
    """The one writer of a folder."""

    def __init__(self, folder: Path, *, memory_mib: int, threads: int) -> None:
        with damage():
            is_new = not tantivy.Index.exists(str(folder))
            index = tantivy.Index(schema(), path=str(folder)) if is_new else tantivy.Index.open(str(folder))
            index.config_reader("manual")
            self.folder = folder
            self._index = name_analysers(index)
            self._schema = index.schema
            self.position = None if is_new else position_of(self._index)
            self._writer = index.writer(heap_size=memory_mib * 1024 * 1024, num_threads=threads)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def add(self, rows: Iterable[Row]) -> None:
        """Index rows that the index does not have."""
        with damage():
            for row in rows:
                self._writer.add_document(tantivy.Document.from_dict(entry(row), self._schema))

    def take_up(self, document_ids: Collection[int]) -> None:
        """Index documents as the database has them now, and forget those that it has not. Can be repeated."""
        rows = rows_of(document_ids)
        with damage():
            for document_id in document_ids:
                self._writer.delete_documents_by_query(self._is(document_id))
        self.add(rows)

    def commit(self, position: Position) -> None:
        """Make what was done last, together with where the index stands."""
        with damage():
            self._writer.delete_documents_by_query(self._is(_POSITION_ROW))
            kept = {"row": _POSITION_ROW, "position": json.dumps(asdict(position))}
            self._writer.add_document(tantivy.Document.from_dict(kept, self._schema))
            self._writer.commit()
        self.position = position

    def _is(self, document_id: int) -> tantivy.Query:
        # Deleting by the bare number finds nothing: the library takes it for a signed one, which the field is not.
        return tantivy.Query.term_query(self._schema, "row", document_id)

    def close(self) -> None:
        """Let go of the folder; what was not committed is lost."""
        with damage():
            self._writer.wait_merging_threads()


def remove_merged(folder: Path) -> None:
    """Delete the files of segments that have been merged into others: after a rebuild, as much again as the index."""
    with damage():
        writer = name_analysers(tantivy.Index.open(str(folder))).writer(heap_size=_LEAST_MEMORY, num_threads=1)
        writer.garbage_collect_files()
        writer.wait_merging_threads()


def rows_of(document_ids: Collection[int]) -> list[Row]:
    """Rows of the database by their ids; one SQL."""
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, [list(document_ids)])
        return [Row(*row) for row in cursor.fetchall()]


def position_in(folder: Path) -> Position | None:
    """Where the index in a folder stands; None where none can be read."""
    try:
        with damage():
            index = tantivy.Index.open(str(folder))
            index.config_reader("manual")
            return position_of(index)
    except IndexDamaged:
        return None


def position_of(index: tantivy.Index) -> Position | None:
    """Where an index stands; None for one that never came so far as to say it."""
    searcher = index.searcher()
    found = searcher.search(tantivy.Query.term_query(index.schema, "row", _POSITION_ROW), limit=1, count=False).hits
    if not found:
        return None
    return Position(**json.loads(str(searcher.doc(found[0][1]).get_first("position"))))
