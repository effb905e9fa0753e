"""Two ideas that are one: the other goes on, both writers stay, both are told."""

from django.db import transaction

from grobunn.discussion.services.follow import merge_followers
from grobunn.ideas.models import CoWriter, Idea
from grobunn.ideas.services.answer import acting_as, answered_fields
from grobunn.ideas.states import MACHINE, MESSAGES
from grobunn.kernel import statemachine
from grobunn.kernel.actors import Actor
from grobunn.kernel.models import StateChange


def merge(idea: Idea, *, into: Idea | None, actor: Actor, reason: str = "") -> StateChange:
    """Close an idea by merging it into another of the same municipality.

    Takes:   into, the one that goes on.
    Raises:  guards.CannotMerge; as `perform`.
    Effects: row, history, audit, event; its writer and co-writers become co-writers of the other, its followers follow.
    """
    with transaction.atomic():
        change = statemachine.perform(
            MACHINE,
            idea,
            "merge",
            actor=actor,
            messages=MESSAGES,
            reason=reason,
            inputs={"into": into},
            changes={**answered_fields(idea), "merged_into_id": into.pk if into else None},
            data={**acting_as(idea, actor), "into": into.reference if into else ""},
        )
        if into is not None:
            _carry_people(idea, into)
    return change


def _carry_people(idea: Idea, into: Idea) -> None:
    user_ids = set(CoWriter.objects.filter(idea=idea).values_list("user_id", flat=True))
    if idea.writer_id is not None:
        user_ids.add(idea.writer_id)
    user_ids.discard(into.writer_id)
    CoWriter.objects.bulk_create(
        [CoWriter(municipality_id=into.municipality_id, idea=into, user_id=user_id) for user_id in user_ids],
        ignore_conflicts=True,
    )
    merge_followers("idea", idea.pk, into)
