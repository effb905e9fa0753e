"""Background work of search."""

from uuid import UUID

from grobunn.kernel.jobs import job
from grobunn.search.engine import ENGINE
from grobunn.search.engine.interface import Ref
from grobunn.search.registry import source_of


@job("search.index", queue="search")
def index(*, kind: str, object_id: str) -> None:
    """Index an object as it is now, or forget it if nobody may find it any more."""
    source = source_of(kind)
    document = source.document_of(UUID(object_id)) if source is not None else None
    if document is None:
        ENGINE.remove([Ref(kind, UUID(object_id))])
    else:
        ENGINE.put([document])


@job("search.recount", every="17 2 * * *", queue="search")
def recount(*, timestamp: int) -> None:
    """Count every night how often each term occurs."""
    ENGINE.recount()
