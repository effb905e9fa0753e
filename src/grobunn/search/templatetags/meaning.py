"""What pages say about meaning."""

from django import template

from grobunn.search.meaning.status import sent_to

register = template.Library()


@register.simple_tag
def meaning_host() -> str:
    """The service outside the installation that texts are sent to; "" where they stay."""
    return sent_to()
