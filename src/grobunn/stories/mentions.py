"""What the page of an idea, a case or another object shows of the stories that are about it."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from grobunn.ideas.models import Idea
from grobunn.kernel.actors import Actor
from grobunn.search.engine.interface import Ref
from grobunn.stories.queries.about import told_of
from grobunn.ui.asides import Aside


def shown_of(request: HttpRequest, ref: Ref, actor: Actor) -> str:
    """The stories that are out and about an object; one SQL."""
    stories = told_of(ref)
    if not stories:
        return ""
    return render_to_string("stories/_mentions.html", {"stories": stories}, request=request)


def shown_on_thread(request: HttpRequest, idea: Idea, actor: Actor) -> str:
    """The stories that are out and about an idea."""
    return shown_of(request, Ref("idea", idea.pk), actor)


ASIDE = Aside(name="stories", order=30, make=shown_of)
ON_THREAD = Aside(
    name="stories",
    order=30,
    make=shown_on_thread,
    there_is="SELECT FROM stories_link WHERE kind = 'idea' AND object_id = %(id)s",
)
