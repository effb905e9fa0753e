"""The only writers of the index."""

from uuid import UUID

from django.db import IntegrityError, transaction

from grobunn.kernel import jobs
from grobunn.kernel.actors import Actor
from grobunn.search.engine import ENGINE
from grobunn.search.engine.interface import Ref
from grobunn.search.models import NotSame
from grobunn.search.registry import Document


def index(kind: str, object_id: UUID) -> None:
    """Have an object indexed as it is after commit. Cheap: call it whenever something that can be found changes.

    Effects: a job, at most one waiting per object.
    """
    jobs.defer("search.index", only_one=f"search.index:{kind}:{object_id}", kind=kind, object_id=str(object_id))


def index_now(documents: list[Document]) -> None:
    """Index documents in the caller's transaction, for imports that bring many. Effects: rows, counts."""
    ENGINE.put(documents)


def remove(kind: str, object_id: UUID) -> None:
    """Forget an object at once, in the caller's transaction. Effects: rows, counts."""
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


def forget_not_same(one: Ref, other: Ref) -> bool:
    """Take back that two objects are not the same. Returns: whether it had been said."""
    first, second = sorted((Ref(*one), Ref(*other)))
    deleted, _ = NotSame.objects.filter(
        one_kind=first.kind, one_id=first.id, other_kind=second.kind, other_id=second.id
    ).delete()
    return bool(deleted)
