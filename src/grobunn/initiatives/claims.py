"""What initiatives, and ideas that wait to become one, are called where capacity shows who holds or wants it."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django_scopes import scopes_disabled

from grobunn.capacity import claims
from grobunn.capacity.claims import Claim, Described, Helped
from grobunn.ideas.models import Idea
from grobunn.ideas.notices import thread_address
from grobunn.ideas.queries.ideas import ideas_for
from grobunn.initiatives.addresses import initiative_page
from grobunn.initiatives.models import Initiative
from grobunn.initiatives.queries.helpers import helping
from grobunn.initiatives.queries.initiatives import for_user
from grobunn.initiatives.services.start import SORT, claim_of
from grobunn.kernel.actors import Actor
from grobunn.organisations.models import Unit

IDEA_SORT = "idea"


def register() -> None:
    """Make both sorts known, and who tells hours for initiatives."""
    claims.register(SORT, described_initiatives)
    claims.register(IDEA_SORT, described_ideas)
    claims.register_help(SORT, helped_initiatives)


def claim_of_idea(idea: Idea, *, unit: Unit) -> Claim:
    """An idea that waits for room, as capacity knows it. Takes: unit, that is to carry it."""
    return Claim(sort=IDEA_SORT, id=idea.pk, municipality_id=idea.municipality_id, unit_id=unit.pk)


def described_initiatives(initiative_ids: Iterable[UUID], actor: Actor) -> Mapping[UUID, Described]:
    """Titles and pages of the initiatives that a reader may see. One SQL."""
    with scopes_disabled():
        found = for_user(actor).filter(pk__in=list(initiative_ids)).select_related("municipality")
        seen = found.only("title", "reference", "municipality__slug")
        return {each.pk: Described(title=each.title, url=initiative_page(each)) for each in seen}


def described_ideas(idea_ids: Iterable[UUID], actor: Actor) -> Mapping[UUID, Described]:
    """Headings of the ideas that a reader may see, and their threads. One SQL."""
    with scopes_disabled():
        seen = ideas_for(actor).filter(pk__in=list(idea_ids)).select_related("municipality")
        return {each.pk: Described(title=each.heading, url=thread_address(each)) for each in seen}


def helped_initiatives(user_id: UUID) -> list[Helped]:
    """What somebody may tell hours for: the unfinished initiatives that they help, with which kinds. One SQL."""
    kinds: dict[UUID, tuple[Initiative, list[str]]] = {}
    for helper in helping(user_id):
        kinds.setdefault(helper.initiative_id, (helper.initiative, []))[1].append(helper.kind)
    return [Helped(claim=claim_of(initiative), kinds=tuple(of_it)) for initiative, of_it in kinds.values()]
