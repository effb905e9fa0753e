"""Where programmes stand in the navigation, and the tabs of a cohort that are always there."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from grobunn.organisations.models import LEADER_LINE, Role
from grobunn.organisations.queries import is_member, roles_of
from grobunn.programmes import tabs
from grobunn.programmes.queries.programmes import has_programme
from grobunn.programmes.tabs import Tab
from grobunn.ui import navigation
from grobunn.ui.navigation import Entry


def register() -> None:
    """Add the entry and the tabs."""
    navigation.register(
        Entry(
            label=_("Programmes"),
            url_name="programmes:list",
            order=47,
            needs_municipality=True,
            is_visible=_has_or_runs_one,
        )
    )
    tabs.register(Tab(name="overview", label=pgettext_lazy("cohort", "Overview"), url_name="cohort", order=10))
    tabs.register(Tab(name="gatherings", label=_("Gatherings"), url_name="gatherings", order=20))
    tabs.register(
        Tab(
            name="participants",
            label=_("Participants"),
            url_name="participants",
            order=30,
            permission="programmes.facilitate",
        )
    )


def _has_or_runs_one(request: HttpRequest) -> bool:
    """Leaders and advisers; of others, those who have a place in one, or lead one, on the pages of programmes.

    Roles are read already. A place is asked for where the page is about programmes, so that no other page waits for it.
    """
    here = getattr(request, "municipality", None) or getattr(request, "home_municipality", None)
    if here is None or not here or request.user.pk is None:
        return False
    if roles_of(request.user).has(Role.INNOVATION_ADVISER, *LEADER_LINE, municipality_id=here.pk):
        return True
    match = request.resolver_match
    is_ours = match is not None and match.app_name == "programmes"
    return is_ours and (is_member(request.user, here.pk) or has_programme(request.user, here.pk))
