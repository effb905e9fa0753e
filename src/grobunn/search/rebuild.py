"""The whole index made anew from its sources; safe to repeat, and to interrupt."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from grobunn.search.engine import ENGINE
from grobunn.search.registry import Source, registered

BATCH = 500


@dataclass(frozen=True)
class Rebuilt:
    """What a rebuild did: how many documents were indexed, and how many were forgotten."""

    indexed: int
    forgotten: int


def rebuild(*, kind: str = "", tell: Callable[[int], object] = lambda _count: None) -> Rebuilt:
    """Index everything that the sources have, forget what they have not, and count the terms.

    Takes:   kind, one kind alone; tell, called with how many objects each batch had.
    Effects: index. People find what is indexed all the while.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        began = cursor.fetchone()[0]
    sources = [source for source in registered().values() if not kind or source.kind == kind]
    indexed = sum(_index_all(source, tell) for source in sources)
    gone = ENGINE.not_indexed_since(began, kind=kind)
    for start in range(0, len(gone), BATCH):
        ENGINE.remove(gone[start : start + BATCH])
    ENGINE.recount()
    return Rebuilt(indexed=indexed, forgotten=len(gone))


def _index_all(source: Source, tell: Callable[[int], object]) -> int:
    indexed = 0
    after: UUID | None = None
    while ids := source.ids_after(after, BATCH):
        documents = source.documents(ids)
        ENGINE.put(documents, is_counted=False)
        indexed += len(documents)
        after = ids[-1]
        tell(len(ids))
    return indexed
