"""Teams of a cohort: all of them as a coach sees them, and the page of one."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from grobunn.discussion.panel import panel_of
from grobunn.kernel import permissions
from grobunn.kernel.statemachine import TransitionRefused
from grobunn.methods.queries import method_of
from grobunn.organisations.requests import TenantRequest
from grobunn.programmes.addresses import cohort_page
from grobunn.programmes.forms.teams import HandInForm, InterestForm, PhaseForm, TeamForm
from grobunn.programmes.models import Cohort, HandIn, Interest, Team
from grobunn.programmes.queries.people import place_of
from grobunn.programmes.queries.teams import handed_in, members_of, team_named, teams_of, without_a_team
from grobunn.programmes.services import teams
from grobunn.programmes.services.teams import TeamRefused
from grobunn.programmes.views.fetch import of_cohort
from grobunn.programmes.views.pages import cohort_tab, form_page
from grobunn.ui import toasts

_WAYS = {"enhet": teams.form_by_unit, "interesse": teams.form_by_interest}


@require_GET
@of_cohort("programmes.view")
def list_teams(request: TenantRequest, cohort: Cohort) -> HttpResponse:
    """Every team; to whoever coaches, also who is stuck and why, and who has no team."""
    may_facilitate = permissions.is_allowed("programmes.facilitate", request.user, cohort)
    place = place_of(request.user, cohort.pk)
    context: dict[str, Any] = {
        "teams": teams_of(cohort),
        "without": without_a_team(cohort) if may_facilitate else [],
        "may_wish": place is not None,
    }
    return cohort_tab(request, cohort, "programmes/teams/list.html", tab="teams", **context)


@require_http_methods(["GET", "POST"])
@of_cohort("programmes.facilitate")
def make(request: TenantRequest, cohort: Cohort) -> HttpResponse:
    """A team by hand."""
    form = TeamForm(request.POST or None, cohort=cohort, actor=request.user)
    if form.is_valid():
        try:
            made = teams.make_team(cohort, actor=request.user, **form.said())
        except TransitionRefused as refused:
            form.add_error(None, str(refused.message))
        else:
            return redirect(cohort_page(cohort, "team", team=made.slug))
    back = cohort_page(cohort, "teams")
    return form_page(request, form, title=_("A new team"), submit=_("Make the team"), back=back, cohort=cohort)


@require_POST
@of_cohort("programmes.facilitate")
def form_teams(request: TenantRequest, cohort: Cohort) -> HttpResponse:
    """Form teams of those who are on none: by unit, or by what they want to work on."""
    way = _WAYS.get(request.POST.get("etter", ""))
    if way is None:
        raise Http404
    made = way(cohort, actor=request.user)
    if made:
        toasts.success(request, _("New teams: %(teams)s.") % {"teams": ", ".join(team.name for team in made)})
    else:
        toasts.info(request, _("No two participants without a team fit together that way."))
    return redirect(cohort_page(cohort, "teams"))


@require_http_methods(["GET", "POST"])
@of_cohort("programmes.take_part")
def wish(request: TenantRequest, cohort: Cohort) -> HttpResponse:
    """Up to three ideas that a participant would like to work on."""
    enrolment = place_of(request.user, cohort.pk)
    if enrolment is None:
        raise Http404
    said = Interest.objects.filter(enrolment=enrolment).order_by("order").values_list("idea_id", flat=True)
    form = InterestForm(request.POST or None, cohort=cohort, actor=request.user, wishes=list(said))
    if form.is_valid():
        teams.say_interest(enrolment, form.ideas(), actor=request.user)
        toasts.success(request, _("Saved. Whoever forms the teams sees your wishes."))
        return redirect(cohort_page(cohort, "teams"))
    return form_page(
        request,
        form,
        title=_("What would you like to work on?"),
        lead=_("Choose up to three ideas, the one you want most first."),
        submit=_("Save"),
        back=cohort_page(cohort, "teams"),
        cohort=cohort,
    )


@require_http_methods(["GET", "POST"])
@of_cohort("programmes.view")
def show(request: TenantRequest, cohort: Cohort, team: str) -> HttpResponse:
    """One team: its idea, its phase, what it hands in, and what is said about it."""
    its = _team(request, cohort, team)
    if request.method == "POST":
        return _acted(request, its)
    return _page(request, its)


@require_http_methods(["GET", "POST"])
@of_cohort("programmes.facilitate")
def change(request: TenantRequest, cohort: Cohort, team: str) -> HttpResponse:
    """Another name, idea, coach, other members; or no team any more."""
    its = _team(request, cohort, team)
    form = TeamForm(request.POST or None, cohort=cohort, actor=request.user, team=its)
    if "los-opp" in request.POST:
        teams.dissolve(its, actor=request.user)
        toasts.success(request, _("The team is dissolved. Its members are free for another."))
        return redirect(cohort_page(cohort, "teams"))
    if form.is_valid():
        try:
            teams.change_team(its, actor=request.user, version=form.cleaned_data["version"], **form.said())
        except TransitionRefused as refused:
            form.add_error(None, str(refused.message))
        else:
            toasts.success(request, _("Saved."))
            return redirect(cohort_page(cohort, "team", team=its.slug))
    back = cohort_page(cohort, "team", team=its.slug)
    template = "programmes/teams/change.html"
    title, submit = _("Change the team"), _("Save")
    return form_page(request, form, title=title, submit=submit, back=back, cohort=cohort, template=template)


@require_GET
@of_cohort("programmes.view")
def download(request: TenantRequest, cohort: Cohort, team: str, hand_in_id: UUID) -> HttpResponseBase:
    """A file that a team handed in, always as a download and never opened as a page of ours."""
    its = _team(request, cohort, team)
    found = HandIn.objects.filter(team=its, pk=hand_in_id).exclude(file="").first()
    if found is None:
        raise Http404
    response = FileResponse(
        found.file.open("rb"), as_attachment=True, filename=found.name, content_type=found.content_type
    )
    response["Cache-Control"] = "private, no-store"
    return response


def _team(request: TenantRequest, cohort: Cohort, slug: str) -> Team:
    team = team_named(cohort, slug)
    if team is None:
        raise Http404
    if not permissions.is_allowed("programmes.see_team", request.user, team):
        raise PermissionDenied("programmes.see_team")
    return team


def _acted(request: TenantRequest, team: Team) -> HttpResponse:
    """Something handed in, or another phase."""
    form = HandInForm(request.POST, request.FILES or None)
    try:
        if "phase" in request.POST:
            version = int(request.POST.get("version") or 0)
            teams.move_phase(team, request.POST["phase"], actor=request.user, version=version)
            toasts.success(request, _("The team is in another phase now."))
        elif form.is_valid():
            given = {**form.cleaned_data}
            document = given.pop("file")
            teams.hand_in(team, document=document, actor=request.user, **given)
            toasts.success(request, _("Handed in."))
        else:
            raise TeamRefused(str(next(iter(form.errors.values()))[0]))
    except TransitionRefused as refused:
        toasts.warning(request, str(refused.message))
        return _page(request, team, form=form, status=422)
    return redirect(cohort_page(team.cohort, "team", team=team.slug))


def _page(request: TenantRequest, team: Team, *, form: HandInForm | None = None, status: int = 200) -> HttpResponse:
    method = method_of(team.municipality_id, team.method, edition=team.method_edition)
    phase = method.phase(team.phase) if method else None
    editions: dict[str, list[Any]] = {}
    for each in handed_in(team):
        editions.setdefault(each.sort, []).append(each)
    asked = [_asked(each, editions.get(each.key, []), form) for each in (phase.hand_ins if phase else ())]
    context = {
        "team": team,
        "members": members_of(team),
        "phase": phase,
        "phase_form": PhaseForm(team=team, method=method) if method else None,
        "asked": asked,
        "may_work": permissions.is_allowed("programmes.work", request.user, team),
        "panel": panel_of("team", team, actor=request.user),
    }
    return cohort_tab(request, team.cohort, "programmes/teams/team.html", tab="teams", status=status, **context)


def _asked(hand_in: Any, editions: list[Any], sent: HandInForm | None) -> dict[str, Any]:
    """What the phase asks for, what was handed in of it, and the form: with what was sent where it was refused."""
    is_sent = sent is not None and sent.data.get("sort") == hand_in.key
    form = sent if is_sent else HandInForm.of(hand_in.key, text=editions[0].text if editions else "")
    return {"hand_in": hand_in, "editions": editions, "form": form}
