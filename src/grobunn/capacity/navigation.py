"""Where capacity stands in the navigation."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from grobunn.kernel import permissions
from grobunn.organisations.queries import is_member
from grobunn.ui import navigation
from grobunn.ui.navigation import Entry, Place


def register() -> None:
    """Add the entries."""
    navigation.register(
        Entry(label=_("Capacity"), url_name="capacity:overview", order=48, needs_municipality=True, is_visible=_plans)
    )
    navigation.register(
        Entry(
            label=_("My hours"),
            url_name="capacity:hours",
            order=55,
            place=Place.ACCOUNT,
            needs_municipality=True,
            is_visible=_works_here,
        )
    )


def _plans(request: HttpRequest) -> bool:
    """Leaders and the innovation adviser: whoever says how much there is."""
    here = getattr(request, "municipality", None) or getattr(request, "home_municipality", None)
    return here is not None and bool(here) and permissions.is_allowed("capacity.declare", request.user, here)


def _works_here(request: HttpRequest) -> bool:
    here = getattr(request, "municipality", None) or getattr(request, "home_municipality", None)
    return here is not None and bool(here) and is_member(request.user, here.pk)
