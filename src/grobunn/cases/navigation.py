"""Where cases stand in the navigation."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from grobunn.organisations.queries import is_member
from grobunn.ui import navigation
from grobunn.ui.navigation import Entry, Place


def register() -> None:
    """Add the entries."""
    navigation.register(Entry(label=_("Examples"), url_name="cases:library", order=25))
    for order, name, label in (
        (60, "adoptions", _("What we have taken into use")),
        (61, "asked", _("Questions and visits")),
    ):
        navigation.register(
            Entry(
                label=label,
                url_name=f"cases:{name}",
                order=order,
                place=Place.ACCOUNT,
                needs_municipality=True,
                is_visible=_works_here,
            )
        )


def _works_here(request: HttpRequest) -> bool:
    """Whether the person has a role in the municipality of the page, or in their own where the page has none."""
    here = getattr(request, "municipality", None) or getattr(request, "home_municipality", None)
    return here is not None and bool(here) and is_member(request.user, here.pk)
