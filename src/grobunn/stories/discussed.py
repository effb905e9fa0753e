"""How stories are talked about: who sees one, who comments, whose words wait for an editor."""

from typing import Any
from uuid import UUID

from django_scopes import scopes_disabled

from grobunn.discussion.registry import Attachable
from grobunn.kernel.actors import Actor
from grobunn.organisations.queries import is_member
from grobunn.stories.models import Story
from grobunn.stories.notices import story_address
from grobunn.stories.queries.stories import stories_for


def _get_subject(story_id: UUID, actor: Any) -> Story | None:
    with scopes_disabled():
        return stories_for(actor).filter(pk=story_id).select_related("municipality").first()


def _waits(actor: Actor, story: Story) -> bool:
    return not is_member(actor, story.municipality_id)


ATTACHABLE = Attachable(
    kind="story",
    get_subject=_get_subject,
    url_of=story_address,
    comment_permission="stories.comment",
    moderate_permission="stories.moderate",
    holds_back=_waits,
)
