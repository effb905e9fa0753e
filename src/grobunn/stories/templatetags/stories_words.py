"""Words and facts about stories in templates."""

import json
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from grobunn.notifications.words import absolute_url
from grobunn.stories.states import StoryState

register = template.Library()

_COLORS = {
    StoryState.DRAFT: "neutral",
    StoryState.SCHEDULED: "info",
    StoryState.PUBLISHED: "success",
    StoryState.WITHDRAWN: "warning",
}
# What could end the element, or begin another one (json_script of Django does the same).
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@register.simple_tag
def state_color(state: str) -> str:
    """The colour that repeats what a state's label says."""
    return _COLORS[StoryState(state)]


@register.simple_tag
def linked_data(facts: dict[str, Any]) -> SafeString:
    """Facts as JSON-LD for search engines: data, which no browser runs."""
    text = json.dumps(facts, ensure_ascii=False).translate(_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 -- escaped above


@register.simple_tag
def whole_address(path: str) -> str:
    """A page's whole address, for a mail."""
    return absolute_url(path)
