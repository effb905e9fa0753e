"""The page of an initiative: what is next, who does it, what is in the way; the rest when it is asked for."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from grobunn.discussion.panel import panel_of
from grobunn.initiatives.asides import PAGE
from grobunn.initiatives.models import Initiative
from grobunn.initiatives.queries import work
from grobunn.initiatives.queries.at_hand import Counts, counts_of
from grobunn.initiatives.queries.feeding import ideas_feeding
from grobunn.initiatives.queries.held import held_by
from grobunn.initiatives.queries.helpers import helpers_of
from grobunn.initiatives.queries.life import life_page
from grobunn.initiatives.queries.phases import phase_now
from grobunn.initiatives.views.fetch import of_whole_initiative
from grobunn.kernel import ids, permissions
from grobunn.organisations.requests import TenantRequest

# What the page shows before somebody asks for all.
_MILESTONES, _TASKS, _LINES = 3, 7, 6


@require_GET
@of_whole_initiative("initiatives.view")
def show_initiative(request: TenantRequest, initiative: Initiative) -> HttpResponse:
    """An initiative as one reader sees it."""
    may_help = permissions.is_allowed("initiatives.help", request.user, initiative)
    helpers, counts = helpers_of(initiative), counts_of(initiative)
    context = {
        "initiative": initiative,
        "municipality": initiative.municipality,
        "ideas": ideas_feeding(initiative, actor=request.user),
        "held": held_by(initiative),
        "now": phase_now(initiative),
        "helpers": helpers,
        "is_helper": any(helper.user_id == request.user.pk for helper in helpers),
        "counts": counts,
        "life": life_page(initiative, size=_LINES),
        "may_work": permissions.is_allowed("initiatives.work", request.user, initiative) and not initiative.is_finished,
        "may_help": may_help and not initiative.is_finished,
        "may_log": may_help,
        "task_key": ids.new_id(),
        "entry_key": ids.new_id(),
        "asides": PAGE.parts_of(request, initiative, request.user),
        "panel": panel_of("initiative", initiative, actor=request.user),
    }
    if not initiative.is_finished:
        context |= _next(initiative, counts)
    return render(request, "initiatives/initiative.html", context)


def _next(initiative: Initiative, counts: Counts) -> dict[str, Any]:
    """What comes next, who does it, what is in the way, as far as there is any."""
    ahead = work.milestones_of(initiative).filter(reached_on=None) if counts.milestones else ()
    return {
        "milestones": ahead[:_MILESTONES],
        "tasks": work.open_tasks_of(initiative)[:_TASKS] if counts.tasks else (),
        "last_report": work.reports_of(initiative).first() if counts.reports else None,
    }
