"""Words about capacity in templates."""

from decimal import Decimal

from django import template

from grobunn.capacity.bars import load_bar
from grobunn.capacity.quarters import Quarter
from grobunn.capacity.words import amount_words, measured

register = template.Library()
register.simple_tag(load_bar)


@register.filter
def amount(value: Decimal) -> str:
    """A figure as people read it."""
    return amount_words(value)


@register.filter
def of_kind(value: Decimal, kind: str) -> str:
    """A figure and what it counts."""
    return measured(value, kind)


@register.simple_tag
def quarter_named(code: str) -> str:
    """A quarter by its code, as notices carry it."""
    return str(Quarter.read(code))


@register.simple_tag
def measured_amount(value: str, kind: str) -> str:
    """A figure that a notice carries as text, and what it counts."""
    return measured(Decimal(value), kind)
