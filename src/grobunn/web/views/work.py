"""My work: what I owe, what I wait for, what I wrote and follow, in every municipality."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from grobunn.accounts.models import User
from grobunn.cases.queries.debts import case_work_of
from grobunn.ideas.models import Idea
from grobunn.ideas.queries.work import followed_page, work_of, written_page
from grobunn.initiatives.queries.own_work import initiative_work_of
from grobunn.juries.queries.own_work import panel_tasks_of
from grobunn.kernel.paging import BadCursor, Page
from grobunn.kernel.permissions import requires
from grobunn.organisations.requests import signed_in
from grobunn.pitching.queries.own_work import pitch_days_of
from grobunn.programmes.queries.own_work import programme_work_of


@require_GET
@requires("web.see_own_work")
def show_work(request: HttpRequest) -> HttpResponse:
    """Everything that concerns the reader, the most urgent first."""
    user = signed_in(request)
    context = {
        "work": work_of(user),
        "case_work": case_work_of(user),
        "initiative_work": initiative_work_of(user),
        "panel_tasks": panel_tasks_of(user),
        "pitch_days": pitch_days_of(user),
        "programme_work": programme_work_of(user),
    }
    return render(request, "web/work.html", context)


@require_GET
@requires("web.see_own_work")
def show_written(request: HttpRequest) -> HttpResponse:
    """Every idea that the reader wrote or joined."""
    return _list(request, written_page, title=_("What I wrote"))


@require_GET
@requires("web.see_own_work")
def show_followed(request: HttpRequest) -> HttpResponse:
    """Every idea that the reader follows."""
    return _list(request, followed_page, title=_("What I follow"))


def _list(request: HttpRequest, read: Callable[[User, str | None], Page[Idea]], *, title: str) -> HttpResponse:
    try:
        page = read(signed_in(request), request.GET.get("side"))
    except BadCursor as error:
        raise Http404 from error
    return render(request, "web/work_list.html", {"page": page, "title": title})
