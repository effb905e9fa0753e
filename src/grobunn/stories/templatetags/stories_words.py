"""Words and facts about stories in templates."""

from django import template

from grobunn.notifications.words import absolute_url
from grobunn.stories.states import StoryState

register = template.Library()

_COLORS = {
    StoryState.DRAFT: "neutral",
    StoryState.SCHEDULED: "info",
    StoryState.PUBLISHED: "success",
    StoryState.WITHDRAWN: "warning",
}


@register.simple_tag
def state_color(state: str) -> str:
    """The colour that repeats what a state's label says."""
    return _COLORS[StoryState(state)]


@register.simple_tag
def whole_address(path: str) -> str:
    """A page's whole address, for a mail."""
    return absolute_url(path)
