"""Where stories stand in the navigation."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from grobunn.ui import navigation
from grobunn.ui.navigation import Entry


def register() -> None:
    """Add the entry."""
    navigation.register(
        Entry(label=_("Stories"), url_name="stories:list", order=25, needs_municipality=True, is_visible=_is_in_use)
    )


def _is_in_use(request: HttpRequest) -> bool:
    here = getattr(request, "municipality", None) or getattr(request, "home_municipality", None)
    return bool(here and here.is_in_use)
