"""Which initiatives somebody sees; every other read starts here."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django_scopes import scopes_disabled

from grobunn.ideas.models import Idea, Visibility
from grobunn.initiatives import rules
from grobunn.initiatives.models import Feed, Initiative
from grobunn.initiatives.queries.at_hand import with_counts
from grobunn.initiatives.queries.helpers import help_of
from grobunn.initiatives.states import UNFINISHED
from grobunn.kernel import clock
from grobunn.kernel.actors import Actor
from grobunn.kernel.composed import Composed
from grobunn.organisations.models import LEADER_LINE, Role
from grobunn.organisations.queries import descendant_ids, municipality_by_id, roles_of


def for_user(actor: Actor) -> QuerySet[Initiative]:
    """The initiatives that somebody may see, in every municipality of theirs; as the permission `initiatives.view`."""
    roles = roles_of(actor)
    with scopes_disabled():
        if not roles.held or actor.pk is None:
            return Initiative.objects.none()
        seen = Q(municipality__in=roles.municipality_ids) & ~Q(visibility=Visibility.INTERNAL)
        return Initiative.objects.filter(seen | _internal_for(actor))


def _internal_for(actor: Actor) -> Q:
    """Internal ones are for the owner, those who help, leaders above and the adviser."""
    roles = roles_of(actor)
    seen = Q(owner=actor.pk, municipality__in=roles.municipality_ids) | Q(pk__in=list(help_of(actor)))
    for held in roles.held:
        if held.role in (Role.INNOVATION_ADVISER, Role.CHIEF_EXEC):
            seen |= Q(municipality=held.municipality_id)
        elif held.role in LEADER_LINE:
            below = descendant_ids([held.unit_id], municipality_id=held.municipality_id) - {held.unit_id}
            higher = [*LEADER_LINE[: LEADER_LINE.index(Role(held.role))], Role.INNOVATION_ADVISER]
            seen |= Q(owner_unit__in=below) | Q(owner_unit=held.unit_id, owner_role__in=higher)
            if held.is_stand_in:
                seen |= Q(owner_unit=held.unit_id, owner_role=held.role)
    return seen


def initiatives_of(actor: Actor, *, municipality_id: UUID) -> QuerySet[Initiative]:
    """What somebody sees in one municipality, with the unit and the owner at hand; in no order."""
    with scopes_disabled():
        return for_user(actor).filter(municipality=municipality_id).select_related("unit", "owner", "owner_unit")


def initiative_by_reference(reference: str, *, actor: Actor) -> Initiative | None:
    """An initiative that somebody may see, by its reference."""
    return _seen(_BY_REFERENCE.first(reference=reference), actor)


def initiative_for_page(reference: str, *, actor: Actor) -> Initiative | None:
    """The same, read together with how much there is of what its page shows."""
    return _seen(_FOR_PAGE.first(reference=reference, today=clock.today()), actor)


def _whole(reference: str) -> QuerySet[Initiative]:
    return Initiative.objects.filter(reference=reference).select_related("unit", "owner", "owner_unit", "runs_unit")


_BY_REFERENCE = Composed(_whole, reference=str)
_FOR_PAGE = Composed(lambda reference, today: with_counts(_whole(reference), today=today), reference=str, today=date)


def _seen(initiative: Initiative | None, actor: Actor) -> Initiative | None:
    # Asking of the one initiative is the same as asking the database with `for_user`, which takes longer to compose.
    if initiative is None or not rules.may_view.test(actor, initiative):
        return None
    initiative.municipality = municipality_by_id(initiative.municipality_id)
    return initiative


def initiative_of_idea(idea_id: UUID) -> Initiative | None:
    """The initiative that an idea feeds, whoever asks."""
    with scopes_disabled():
        feed = Feed.objects.filter(idea_id=idea_id).select_related("initiative__municipality").first()
        return feed.initiative if feed else None


def initiatives_of_ideas(idea_ids: Iterable[UUID]) -> dict[UUID, Initiative]:
    """Initiatives by the ids of the ideas that feed them. One SQL."""
    with scopes_disabled():
        feeds = Feed.objects.filter(idea__in=set(idea_ids)).select_related("initiative")
        return {feed.idea_id: feed.initiative for feed in feeds}


def is_carried(idea: Idea) -> bool:
    """Whether an idea feeds an initiative. One SQL."""
    with scopes_disabled():
        return Feed.objects.filter(idea_id=idea.pk).exists()


def open_to_ideas(actor: Actor, *, municipality_id: UUID) -> QuerySet[Initiative]:
    """The initiatives that one more idea may feed, of those that somebody sees, by title."""
    return initiatives_of(actor, municipality_id=municipality_id).filter(state__in=UNFINISHED).order_by("title", "id")
