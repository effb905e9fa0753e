"""Words of initiatives in templates."""

from decimal import Decimal

from django import template
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from grobunn.capacity.kinds import measure_of
from grobunn.ideas.queries.life import holder_phrase
from grobunn.initiatives.models import Initiative, Signal
from grobunn.initiatives.states import InitiativeState
from grobunn.methods.stages import Stage
from grobunn.organisations.models import Unit
from grobunn.ui import icons

register = template.Library()

_STATE_COLORS = {
    InitiativeState.UNDERWAY: "info",
    InitiativeState.PAUSED: "neutral",
    InitiativeState.OPERATING: "success",
    InitiativeState.LEARNED: "success",
}
# Colour, shape and word say the same: who does not see one of them reads another.
_SIGNALS = {
    Signal.GOOD: ("success", "CheckmarkCircleFill"),
    Signal.WATCH: ("warning", "ExclamationmarkTriangleFill"),
    Signal.STUCK: ("danger", "XMarkOctagonFill"),
}


@register.simple_tag
def initiative_state_color(state: str) -> str:
    """The colour that repeats what a state's label says."""
    return _STATE_COLORS[InitiativeState(state)]


@register.simple_tag
def signal(code: str) -> SafeString:
    """How something goes: in colour, shape and word."""
    color, shape = _SIGNALS[Signal(code)]
    return format_html(
        '<span class="signal" data-color="{}">{}<span>{}</span></span>', color, icons.svg(shape), Signal(code).label
    )


@register.simple_tag
def stage_label(stage: str) -> str:
    """A canonical stage for people."""
    return str(Stage(stage).label)


@register.simple_tag
def role_in(role: str, unit: Unit | None) -> str:
    """A role in a unit, as it stands inside a sentence."""
    return holder_phrase(role, unit.name if unit else "")


@register.simple_tag
def owner_phrase(initiative: Initiative) -> str:
    """Who owns it: the role in the line."""
    return holder_phrase(initiative.owner_role, initiative.owner_unit.name)


@register.simple_tag
def amount_of(kind: str, amount: Decimal) -> str:
    """So much of a kind, in what it is counted in."""
    shown = number_format(amount.normalize() if amount != amount.to_integral() else int(amount), force_grouping=True)
    return f"{shown} {measure_of(kind).label}"
