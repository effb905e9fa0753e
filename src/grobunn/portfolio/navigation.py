"""Where the portfolio stands in the navigation."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from grobunn.organisations.queries import is_member
from grobunn.ui import navigation
from grobunn.ui.navigation import Entry


def register() -> None:
    """Add the entry."""
    navigation.register(
        Entry(
            label=_("Portfolio"), url_name="portfolio:board", order=46, needs_municipality=True, is_visible=_has_a_role
        )
    )


def _has_a_role(request: HttpRequest) -> bool:
    here = getattr(request, "municipality", None) or getattr(request, "home_municipality", None)
    return bool(here and request.user.is_authenticated and is_member(request.user, here.pk))
