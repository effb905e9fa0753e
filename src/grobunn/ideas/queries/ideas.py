"""Which ideas somebody sees, and how one of them is found."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL
from django_scopes import get_scope

from grobunn.ideas import rules
from grobunn.ideas.models import CoWriter, Idea, Photo, Source, Visibility
from grobunn.ideas.states import PUBLISHED, IdeaState
from grobunn.kernel.actors import Actor
from grobunn.kernel.composed import Composed
from grobunn.kernel.models import StateChange
from grobunn.organisations.models import Role
from grobunn.organisations.queries import municipality_by_id, roles_of


def ideas_for(actor: Actor) -> QuerySet[Idea]:
    """Every idea of the active scope that an actor may read; the same words as `rules.may_view`."""
    return Idea.objects.filter(visible_to(actor))


def visible_to(actor: Actor) -> Q:
    """The condition under which an actor may read an idea."""
    condition = Q(visibility=Visibility.PUBLIC) & (
        Q(state__in=PUBLISHED) | Q(state=IdeaState.RECEIVED, source=Source.IMPORT)
    )
    if actor.pk is None:
        return condition
    held = roles_of(actor)
    condition |= Q(writer_id=actor.pk) | held_by(actor)
    advised = [role.municipality_id for role in held.held if role.role == Role.INNOVATION_ADVISER]
    if advised:
        condition |= Q(municipality_id__in=advised)
    members = held.municipality_ids - set(advised)
    if members:
        condition |= Q(municipality_id__in=members, visibility__in=(Visibility.MUNICIPALITY, Visibility.PUBLIC))
    return condition


def held_by(actor: Actor) -> Q:
    """The condition under which an actor holds an idea: in person, by escalation, or by role in the unit."""
    condition = Q(holder_id=actor.pk) | Q(escalated_to_id=actor.pk)
    for role in roles_of(actor).held:
        condition |= Q(holder_role=role.role, holder_unit_id=role.unit_id)
    return condition


def idea_by_receipt(receipt: str) -> Idea | None:
    """The idea of a receipt code, in whatever municipality it is."""
    return _at_home(_BY_RECEIPT.first(receipt=receipt))


def idea_by_reference(reference: str, *, actor: Actor) -> Idea | None:
    """The idea of a reference in the active scope, if the actor may read it."""
    idea = _at_home(_BY_REFERENCE.first(reference=reference))
    # Asking of the one idea is the same as asking the database with `visible_to`, which takes longer to compose.
    return idea if idea is not None and _is_in_scope(idea) and rules.may_view.test(actor, idea) else None


def _is_in_scope(idea: Idea) -> bool:
    """Whether the active scope holds an idea. Raises: KeyError where there is no scope."""
    active = get_scope()
    return not active["_enabled"] or idea.municipality_id == active["municipality"]


def _for_its_page(**condition: Any) -> QuerySet[Idea]:
    """The idea with what every page of it shows, and with whether there are photos and co-writers to be read."""
    return (
        Idea.objects.filter(**condition)
        .select_related("holder_unit", "unit")
        .annotate(
            has_photos=RawSQL("EXISTS (SELECT FROM ideas_photo WHERE idea_id = ideas_idea.id)", ()),
            has_co_writers=RawSQL("EXISTS (SELECT FROM ideas_cowriter WHERE idea_id = ideas_idea.id)", ()),
        )
    )


_BY_RECEIPT = Composed(lambda receipt: _for_its_page(receipt=receipt), receipt=str)
_BY_REFERENCE = Composed(lambda reference: _for_its_page(reference=reference), reference=str)


def _at_home(idea: Idea | None) -> Idea | None:
    """The idea with its municipality, which the process knows."""
    if idea is not None:
        idea.municipality = municipality_by_id(idea.municipality_id)
    return idea


def co_writers_of(idea: Idea) -> list[CoWriter]:
    """Who wrote the same, oldest first; no SQL where the idea was read with the news that there is nobody."""
    if vars(idea).get("has_co_writers") is False:
        return []
    return list(CoWriter.objects.filter(idea=idea).select_related("user").order_by("since", "id"))


def photos_of(idea: Idea) -> list[Photo]:
    """The photos of an idea, in the order that they were added; no SQL where it was read with the news of none."""
    if vars(idea).get("has_photos") is False:
        return []
    return list(Photo.objects.filter(idea=idea).order_by("id"))


def last_change(idea: Idea) -> StateChange | None:
    """The newest step of an idea's history."""
    return StateChange.objects.filter(subject_id=idea.pk).order_by("-id").first()


def latest_answered(municipality_id: UUID, *, actor: Actor, limit: int) -> list[Idea]:
    """What happened lately: ideas that got an answer and that the actor may read."""
    answered = ideas_for(actor).filter(municipality_id=municipality_id, first_answered_at__isnull=False)
    return list(answered.select_related("unit").order_by("-first_answered_at")[:limit])
