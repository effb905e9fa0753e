"""A new index made from the database while the old one answers; carried on where it was interrupted."""

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

from django.db import connection

from grobunn.search.engine.words import feed
from grobunn.search.engine.words.files import FolderTaken, Place
from grobunn.search.engine.words.schema import COLUMNS, Row
from grobunn.search.engine.words.writing import IndexWriter, Position, position_in, remove_merged

_READ = 2000
# What is lost when a rebuild is interrupted, at most.
_COMMIT_EVERY = 100_000
# Enough that a million documents make few segments; given back when the rebuild is done.
_MEMORY_MIB = 256
# A reader may still open files of a folder that was in use a moment ago.
_READ_SECONDS = 120.0
_UNFINISHED_SECONDS = 86_400.0
_PAGE = f"""
SELECT {COLUMNS} FROM search_indexeddocument WHERE id > %s ORDER BY id LIMIT %s
"""  # noqa: S608 -- constants


def build(place: Place, *, tell: Callable[[int], object] = lambda _count: None) -> int:
    """Make a new index of everything that the database has, and put it into use.

    Takes:   tell, called with how many documents were added.
    Returns: how many documents were added, those of an interrupted rebuild that was carried on not counted.
    Raises:  FolderTaken if another process does it already.
    """
    with place.held("rebuild"):
        folder = _begun(place) or place.new_folder()
        with IndexWriter(folder, memory_mib=_MEMORY_MIB, threads=min(2, os.cpu_count() or 1)) as writer:
            added = _add_all(writer, tell)
            _catch_up(writer)
        remove_merged(folder)
        place.switch_to(folder)
        # Where no indexer runs nobody else would do it, and the old index takes as much again.
        _remove_left_behind(place)
        return added


def _add_all(writer: IndexWriter, tell: Callable[[int], object]) -> int:
    # What changes from here on is taken up from the feed, in whatever state a page shows it.
    position = writer.position or Position(feed.identity(), *feed.present(), built_to=0)
    added = uncommitted = 0
    built_to = position.built_to or 0
    while rows := _page(built_to):
        writer.add(rows)
        built_to = rows[-1].id
        added += len(rows)
        uncommitted += len(rows)
        if uncommitted >= _COMMIT_EVERY:
            writer.commit(Position(position.identity, position.xid, position.id, built_to=built_to))
            uncommitted = 0
        tell(len(rows))
    writer.commit(Position(position.identity, position.xid, position.id))
    return added


def _catch_up(writer: IndexWriter) -> None:
    """Take up what changed meanwhile, so that nothing that was found before is missing when the new index answers."""
    is_all = False
    while not is_all and writer.position is not None:
        changes = feed.changes_after(writer.position.point, ahead={})
        writer.take_up(changes.document_ids)
        writer.commit(Position(writer.position.identity, *changes.point))
        is_all = changes.is_all


def _begun(place: Place) -> Path | None:
    """A folder that an interrupted rebuild left and that can still be carried on."""
    for folder in place.begun():
        found = position_in(folder)
        if found is not None and found.built_to is not None and is_followed(found):
            return folder
    return None


def is_followed(position: Position) -> bool:
    """Whether an index that stands there can still follow this database."""
    return position.identity == feed.identity() and feed.can_follow(position.point)


def tidy(place: Place) -> None:
    """Delete indexes that are out of use and rebuilds that nobody carried on."""
    try:
        with place.held("rebuild"):
            _remove_left_behind(place)
    except FolderTaken:
        return


def _remove_left_behind(place: Place) -> None:
    for folder in place.begun():
        found = position_in(folder)
        is_unfinished = found is not None and found.built_to is not None
        if time.time() - folder.stat().st_mtime > (_UNFINISHED_SECONDS if is_unfinished else _READ_SECONDS):
            shutil.rmtree(folder, ignore_errors=True)


def _page(after: int) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(_PAGE, [after, _READ])
        return [Row(*row) for row in cursor.fetchall()]
