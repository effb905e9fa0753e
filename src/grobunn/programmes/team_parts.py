"""What other pages know of teams: the tab of a cohort, the thread of an idea, and who may talk about a team."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django_scopes import scopes_disabled

from grobunn.discussion import registry as discussion
from grobunn.discussion.registry import Attachable
from grobunn.ideas.asides import THREAD
from grobunn.ideas.models import Idea
from grobunn.kernel import permissions
from grobunn.kernel.actors import Actor
from grobunn.programmes import tabs
from grobunn.programmes.addresses import cohort_page
from grobunn.programmes.models import Team
from grobunn.programmes.tabs import Tab
from grobunn.ui.asides import Aside, Place

# What features above tell on the thread of an idea of what its team has done; asked only where there is a team.
ON_THREAD: Place[Team] = Place("a team on the thread of its idea")


def register() -> None:
    """Add the tab, the part of an idea's thread, and what may be talked about."""
    tabs.register(Tab(name="teams", label=_("Teams"), url_name="teams", order=40))
    there_is = "SELECT FROM programmes_team WHERE idea_id = %(id)s"
    THREAD.register(Aside(name="team", order=35, make=on_thread, there_is=there_is))
    discussion.register(
        Attachable(
            kind="team",
            get_subject=_get_subject,
            url_of=team_page,
            comment_permission="programmes.work",
            moderate_permission="programmes.facilitate",
            follow_permission="programmes.see_team",
        )
    )


def team_page(team: Team) -> str:
    """The page of a team."""
    return cohort_page(team.cohort, "team", team=team.slug)


def on_thread(request: HttpRequest, idea: Idea, actor: Actor) -> str:
    """Which teams work on an idea, and what they have done with it, for whoever may see their cohort."""
    with scopes_disabled():
        found = Team.objects.filter(idea=idea).select_related("cohort__programme__municipality")
        teams = [each for each in found if permissions.is_allowed("programmes.view", actor, each.cohort)]
    if not teams:
        return ""
    done = [part for each in teams for part in ON_THREAD.parts_of(request, each, actor)]
    rows = [
        {"team": each, "url": team_page(each) if permissions.is_allowed("programmes.see_team", actor, each) else ""}
        for each in teams
        if each.dissolved_at is None
    ]
    return render_to_string("programmes/teams/_on_thread.html", {"rows": rows, "parts": done}, request=request)


def _get_subject(team_id: UUID, actor: Any) -> Team | None:
    with scopes_disabled():
        team = (
            Team.objects.filter(pk=team_id, dissolved_at=None)
            .select_related("municipality", "cohort__programme__municipality")
            .first()
        )
        may_see = team is not None and permissions.is_allowed("programmes.see_team", actor, team)
    return team if may_see else None
