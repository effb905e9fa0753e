"""Words of initiatives in templates."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from grobunn.capacity.kinds import Kind
from grobunn.capacity.words import measured
from grobunn.ideas.queries.life import holder_phrase
from grobunn.initiatives import telling
from grobunn.initiatives.models import Initiative, Level, Risk, Signal
from grobunn.initiatives.states import InitiativeState
from grobunn.kernel import clock
from grobunn.methods.stages import Stage
from grobunn.organisations.models import Unit
from grobunn.ui import icons

register = template.Library()

SOON_DAYS = 7

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
def writer_sentence(edge: str, facts: Mapping[str, Any], municipality_id: str) -> str:
    """A step as the writers of its ideas hear it. Takes: facts, of the step, as notices carry them."""
    return telling.sentence_of(edge, facts, municipality_id=UUID(municipality_id))


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
    return measured(amount, kind)


@register.simple_tag
def kind_label(kind: str) -> str:
    """A kind of help for people."""
    return str(Kind(kind).label)


@register.simple_tag
def due_in(on: date) -> SafeString:
    """The tag that says how near a day is."""
    days = (on - clock.today()).days
    if days < 0:
        words, color = ngettext("%(days)s day late", "%(days)s days late", -days) % {"days": -days}, "danger"
    elif days == 0:
        words, color = _("Today"), "warning"
    elif days <= SOON_DAYS:
        words, color = ngettext("In %(days)s day", "In %(days)s days", days) % {"days": days}, "warning"
    else:
        return SafeString()
    return format_html('<span class="ds-tag" data-size="sm" data-color="{}">{}</span>', color, words)


@dataclass(frozen=True)
class RiskCell:
    """How many open risks there are of one likelihood and gravity."""

    count: int
    color: str


@dataclass(frozen=True)
class RiskRow:
    """Risks of one likelihood, from the least grave to the gravest."""

    label: str
    cells: tuple[RiskCell, ...]


@dataclass(frozen=True)
class RiskGrid:
    """The likeliest risks on top, the gravest to the right."""

    columns: tuple[str, ...]
    rows: tuple[RiskRow, ...]


@register.simple_tag
def risk_words(risk: Risk) -> str:
    """How likely and how grave, in words."""
    return _("%(likelihood)s likelihood, %(gravity)s gravity") % {
        "likelihood": _LEVELS[risk.likelihood](),
        "gravity": _LEVELS[risk.gravity]().lower(),
    }


@register.simple_tag
def risk_weight(risk: Risk) -> SafeString:
    """How much a risk weighs, as a tag with a word and a colour."""
    color = _weight(risk.likelihood, risk.gravity)
    words = {"success": _("Small risk"), "warning": _("Medium risk"), "danger": _("Big risk")}[color]
    return format_html('<span class="ds-tag" data-size="sm" data-color="{}">{}</span>', color, words)


@register.simple_tag
def risk_grid(risks: Iterable[Risk]) -> RiskGrid:
    """Open risks counted by likelihood and gravity."""
    counted = Counter((risk.likelihood, risk.gravity) for risk in risks if risk.closed_at is None)
    levels = sorted(Level.values)
    return RiskGrid(
        columns=tuple(_("%(level)s gravity") % {"level": _LEVELS[level]()} for level in levels),
        rows=tuple(
            RiskRow(
                label=_("%(level)s likelihood") % {"level": _LEVELS[likelihood]()},
                cells=tuple(
                    RiskCell(counted[(likelihood, gravity)], _weight(likelihood, gravity)) for gravity in levels
                ),
            )
            for likelihood in reversed(levels)
        ),
    )


# One word for both: Norwegian bends it by what it stands before.
_LEVELS: Mapping[int, Callable[[], str]] = {
    Level.LOW: lambda: pgettext("likelihood or gravity", "Low"),
    Level.MIDDLE: lambda: pgettext("likelihood or gravity", "Medium"),
    Level.HIGH: lambda: pgettext("likelihood or gravity", "High"),
}


def _weight(likelihood: int, gravity: int) -> str:
    product = likelihood * gravity
    return "success" if product <= 2 else "warning" if product <= 4 else "danger"
