"""The only writers of the index."""

from collections.abc import Sequence
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from grobunn.kernel import jobs
from grobunn.kernel.actors import Actor
from grobunn.search.engine import ENGINE
from grobunn.search.engine.interface import Ref
from grobunn.search.models import NotSame, Waiting
from grobunn.search.registry import Document, source_of

_BATCH = 200


def index(kind: str, object_id: UUID) -> None:
    """Have an object indexed as it is after commit. Cheap: call it whenever something that can be found changes.

    Effects: row, job.
    """
    index_many(kind, [object_id])


def index_many(kind: str, object_ids: Sequence[UUID]) -> None:
    """Have many objects indexed as they are after commit. Effects: rows, one job."""
    Waiting.objects.bulk_create([Waiting(kind=kind, object_id=object_id) for object_id in object_ids])
    jobs.defer("search.index_waiting", only_one="search.index_waiting")


def index_waiting() -> int:
    """Index what waits, in batches, each object as it is now; forget what nobody may find any more.

    Returns: how many rows were waiting.
    Effects: index, rows.
    """
    done = 0
    while taken := _index_batch():
        done += taken
    return done


def _index_batch() -> int:
    with transaction.atomic():
        # Rows are read before their objects: a change that comes later has a row of its own, which stays.
        rows = list(Waiting.objects.select_for_update(skip_locked=True).order_by("id")[:_BATCH])
        for kind in {row.kind for row in rows}:
            _index_now(kind, {row.object_id for row in rows if row.kind == kind})
        Waiting.objects.filter(id__in=[row.pk for row in rows]).delete()
    return len(rows)


def _index_now(kind: str, object_ids: set[UUID]) -> None:
    source = source_of(kind)
    documents = source.documents(sorted(object_ids)) if source is not None else []
    ENGINE.put(documents)
    ENGINE.remove([Ref(kind, object_id) for object_id in object_ids - {document.id for document in documents}])


def index_now(documents: list[Document]) -> None:
    """Index documents in the caller's transaction, for imports that bring many. Effects: index."""
    ENGINE.put(documents)


def remove(kind: str, object_id: UUID) -> None:
    """Forget an object at once, in the caller's transaction. Effects: index."""
    ENGINE.remove([Ref(kind, object_id)])


def remember_not_same(one: Ref, other: Ref, *, by: Actor) -> NotSame:
    """Remember that two objects are not the same: neither is shown as like the other again.

    Takes:   one, other, `(kind, id)` in any order; by, who says so.
    Returns: the row, which may have been there already.
    Raises:  ValueError if both are the same object.
    """
    first, second = sorted((Ref(*one), Ref(*other)))
    if first == second:
        raise ValueError("An object is the same as itself.")
    pair = {"one_kind": first.kind, "one_id": first.id, "other_kind": second.kind, "other_id": second.id}
    try:
        with transaction.atomic():
            return NotSame.objects.create(**pair, marked_by_id=by.pk)
    except IntegrityError:
        return NotSame.objects.get(**pair)


def forget_not_same(one: Ref, other: Ref, *, by: Actor) -> bool:
    """Take back that two objects are not the same: one's own word, or that of somebody who is no more.

    Returns: whether it was taken back; what somebody else has said stands.
    """
    own = Q(marked_by_id=by.pk) | Q(marked_by_id__isnull=True)
    first, second = sorted((Ref(*one), Ref(*other)))
    deleted, _ = NotSame.objects.filter(
        own, one_kind=first.kind, one_id=first.id, other_kind=second.kind, other_id=second.id
    ).delete()
    return bool(deleted)
