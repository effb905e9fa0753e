"""Words about capacity in templates."""

from decimal import Decimal

from django import template

from grobunn.capacity.words import amount_words, measured

register = template.Library()


@register.filter
def amount(value: Decimal) -> str:
    """A figure as people read it."""
    return amount_words(value)


@register.filter
def of_kind(value: Decimal, kind: str) -> str:
    """A figure and what it counts."""
    return measured(value, kind)
