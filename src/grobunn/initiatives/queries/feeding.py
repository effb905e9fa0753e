"""The ideas that an initiative comes from."""

from django.db.models import OuterRef, Subquery
from django_scopes import scopes_disabled

from grobunn.ideas.models import Idea
from grobunn.ideas.queries.ideas import ideas_for
from grobunn.initiatives.models import Feed, Initiative
from grobunn.initiatives.queries.at_hand import has_no
from grobunn.kernel.actors import Actor


def ideas_feeding(initiative: Initiative, *, actor: Actor) -> list[Idea]:
    """Ideas that feed an initiative and that somebody may read, the first one first; one SQL.

    None where the initiative was read with the news that nothing feeds it.
    """
    if has_no(initiative, "ideas"):
        return []
    with scopes_disabled():
        fed = Feed.objects.filter(initiative=initiative)
        since = Subquery(fed.filter(idea=OuterRef("pk")).values("since"))
        return list(ideas_for(actor).filter(pk__in=fed.values("idea_id")).order_by(since, "pk"))
