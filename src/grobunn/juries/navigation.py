"""Where panels stand in the navigation, and the tabs that every panel has."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from grobunn.juries import tabs
from grobunn.juries.queries.members import keeps_on_panel
from grobunn.juries.rules import sets_up
from grobunn.juries.tabs import PanelTab
from grobunn.ui import navigation
from grobunn.ui.navigation import Entry


def register() -> None:
    """Add the entry, and the tabs of the pages that stand here."""
    navigation.register(
        Entry(
            label=_("Panels"),
            url_name="juries:list",
            order=46,
            needs_municipality=True,
            is_visible=_has_panels,
        )
    )
    tabs.register(PanelTab(label=pgettext_lazy("panel", "Overview"), url_name="panel", order=10))


def _has_panels(request: HttpRequest) -> bool:
    """Who sets up the municipality of the page, and who is on one of its panels as far as the session knows."""
    here = getattr(request, "municipality", None) or getattr(request, "home_municipality", None)
    return bool(here) and (sets_up.test(request.user, here) or keeps_on_panel(request, here))
