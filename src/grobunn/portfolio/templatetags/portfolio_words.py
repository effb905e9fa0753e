"""Words of the portfolio in templates."""

from django import template

from grobunn.portfolio.projects.importing import Preview

register = template.Library()


@register.filter
def count_of(preview: Preview, becomes: str) -> int:
    """How many rows become so."""
    return preview.count(becomes)
