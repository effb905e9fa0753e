"""Where search stands in the header: in the municipality that one is in, else in all."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from grobunn.ui import navigation
from grobunn.ui.navigation import Entry


def _is_nowhere(request: HttpRequest) -> bool:
    return not navigation.home_slug(request)


def register() -> None:
    """Put search into the header."""
    navigation.register(Entry(label=_("Search"), url_name="search:here", order=60, needs_municipality=True))
    navigation.register(
        Entry(
            label=_("Search"),
            url_name="search:everywhere",
            order=60,
            is_visible=_is_nowhere,
        )
    )
