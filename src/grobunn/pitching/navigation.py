"""Where pitch days stand in the navigation."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from grobunn.organisations.queries import is_member
from grobunn.ui import navigation
from grobunn.ui.navigation import Entry


def register() -> None:
    """Add the entry."""
    navigation.register(
        Entry(
            label=_("Pitch days"), url_name="pitching:list", order=62, needs_municipality=True, is_visible=_works_here
        )
    )


def _works_here(request: HttpRequest) -> bool:
    """Whether the person has a role in the municipality of the page, or in their own where the page has none."""
    here = getattr(request, "municipality", None) or getattr(request, "home_municipality", None)
    return here is not None and bool(here) and is_member(request.user, here.pk)
