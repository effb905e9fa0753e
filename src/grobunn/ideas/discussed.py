"""How ideas are talked about: who sees one, who comments, where its page is."""

from typing import Any
from uuid import UUID

from django.urls import reverse
from django_scopes import scopes_disabled

from grobunn.discussion.registry import Attachable
from grobunn.ideas.models import Idea
from grobunn.ideas.queries.ideas import ideas_for


def _get_subject(idea_id: UUID, actor: Any) -> Idea | None:
    with scopes_disabled():
        return ideas_for(actor).filter(pk=idea_id).select_related("municipality", "holder_unit").first()


def _url_of(idea: Idea) -> str:
    return reverse("ideas:thread", kwargs={"municipality": idea.municipality.slug, "reference": idea.reference})


ATTACHABLE = Attachable(
    kind="idea",
    get_subject=_get_subject,
    url_of=_url_of,
    comment_permission="ideas.comment",
    moderate_permission="ideas.handle",
)
