"""The ideas that an initiative comes from."""

from django_scopes import scopes_disabled

from grobunn.ideas.models import Idea
from grobunn.ideas.queries.ideas import ideas_for
from grobunn.initiatives.models import Feed, Initiative
from grobunn.kernel.actors import Actor


def ideas_feeding(initiative: Initiative, *, actor: Actor) -> list[Idea]:
    """Ideas that feed an initiative and that somebody may read, the first one first; two SQL."""
    with scopes_disabled():
        fed = list(Feed.objects.filter(initiative=initiative).order_by("since", "id").values_list("idea_id", flat=True))
        seen = {idea.pk: idea for idea in ideas_for(actor).filter(pk__in=fed)} if fed else {}
    return [seen[idea_id] for idea_id in fed if idea_id in seen]
