"""Words and colours of panels for templates."""

from django import template
from django.utils.safestring import SafeString

from grobunn.juries.addresses import step_page
from grobunn.juries.grounds import ABSOLUTE, Standing
from grobunn.juries.models import Panel
from grobunn.juries.models.impartiality import ConflictState
from grobunn.juries.states import PanelState
from grobunn.ui import markdown

register = template.Library()

_COLORS = {
    PanelState.PREPARING: "neutral",
    PanelState.DECLARING: "info",
    PanelState.SCORING: "accent",
    PanelState.DISCUSSING: "accent",
    PanelState.DECIDED: "success",
    PanelState.CLOSED: "neutral",
    PanelState.CANCELLED: "neutral",
}
_STANDING_COLORS = {
    Standing.UNDECLARED: "neutral",
    Standing.ASSESSED: "warning",
    Standing.DISQUALIFIED: "neutral",
    Standing.IMPARTIAL: "success",
}
_CONFLICT_COLORS = {
    ConflictState.OPEN: "warning",
    ConflictState.CONFIRMED: "danger",
    ConflictState.DISMISSED: "success",
}
# What leads on; the rest stands smaller below it.
_FORWARD = ("open_declarations", "open_scoring", "release", "confirm_ranking", "sign", "close")


@register.simple_tag
def panel_state_color(state: str) -> str:
    """The colour of a panel's state; the words carry the meaning."""
    return _COLORS[PanelState(state)]


@register.simple_tag
def standing_color(standing: str) -> str:
    """The colour of a standing; the words carry the meaning."""
    return _STANDING_COLORS[Standing(standing)]


@register.simple_tag
def conflict_color(state: str) -> str:
    """The colour of what became of a conflict; the words carry the meaning."""
    return _CONFLICT_COLORS[ConflictState(state)]


@register.filter
def is_absolute(ground: str) -> bool:
    """Whether the law leaves nothing to weigh."""
    return ground in ABSOLUTE


@register.simple_tag
def step_address(panel: Panel, edge: str) -> str:
    """Where a step is taken."""
    return step_page(panel, edge)


@register.filter
def leads_on(edge: str) -> bool:
    """Whether a step leads on, and is no way back."""
    return edge in _FORWARD


@register.filter
def standing_words(standing: str) -> str:
    """A standing in words."""
    return str(Standing(standing).label)


@register.filter
def entry_text(text: str) -> SafeString:
    """What an entry says, under the page's second heading."""
    return markdown.html(text, 3)
