"""What people say of what they were shown, and the weights that come of it."""

from django.db import IntegrityError, transaction

from grobunn.kernel import clock
from grobunn.kernel.actors import Actor
from grobunn.search.engine.interface import Ref
from grobunn.search.meaning import weights
from grobunn.search.meaning.weights import Weights
from grobunn.search.models import Judgement, TunedWeights


def remember_helped(one: Ref, other: Ref, *, by: Actor) -> Judgement:
    """Remember that something that was shown as like another thing helped.

    Takes:   one, what somebody was looking at; other, what helped them; by, who says so.
    Returns: the row, which may have been there already.
    Raises:  ValueError if both are the same object.
    """
    if Ref(*one) == Ref(*other):
        raise ValueError("An object is the same as itself.")
    pair = {"one_kind": one[0], "one_id": one[1], "other_kind": other[0], "other_id": other[1]}
    try:
        with transaction.atomic():
            return Judgement.objects.create(**pair, judged_by_id=by.pk)
    except IntegrityError:
        return Judgement.objects.get(**pair)


def forget_helped(one: Ref, other: Ref, *, by: Actor) -> bool:
    """Take back that something helped; what somebody else said stays. Returns: whether they had said it."""
    said = Judgement.objects.filter(one_kind=one[0], one_id=one[1], other_kind=other[0], other_id=other[1])
    deleted, _ = said.filter(judged_by_id=by.pk).delete()
    return bool(deleted)


def take_weights(taken: Weights) -> None:
    """Use other weights from now on; other processes notice within a minute. Effects: row, cache."""
    values = {"words": taken.words, "lead": taken.lead, "taken_at": clock.now()}
    TunedWeights.objects.update_or_create(id=1, defaults=values)
    weights.forget_known()
