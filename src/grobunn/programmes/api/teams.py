"""Teams over the API: who is on them, how they are formed, what participants would like to work on."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from django_scopes import scope
from ninja.responses import Status

from grobunn.ideas.models import Idea
from grobunn.kernel import permissions
from grobunn.kernel.api.access import needs_scope
from grobunn.kernel.api.forms import checked
from grobunn.methods.queries import method_of
from grobunn.organisations.queries import member_by_email
from grobunn.programmes.api.found import cohort_or_404, team_or_404
from grobunn.programmes.api.router import router
from grobunn.programmes.api.shown import team_shown
from grobunn.programmes.api.team_schemas import (
    FormIn,
    ListedTeamOut,
    TeamChangeIn,
    TeamIn,
    TeamOut,
    WholeTeamOut,
    WishesIn,
)
from grobunn.programmes.forms.teams import InterestForm, TeamForm
from grobunn.programmes.models import Cohort, Team
from grobunn.programmes.queries.people import place_of
from grobunn.programmes.queries.teams import handed_in, members_of, teams_of
from grobunn.programmes.services import teams as services

_READS = needs_scope("programmes:read")
_WRITES = needs_scope("programmes:write")
_WAYS = {"unit": services.form_by_unit, "interest": services.form_by_interest}


@router.get("/cohorts/{cohort_id}/teams", response=list[ListedTeamOut], auth=_READS)
def list_teams(request: HttpRequest, cohort_id: UUID) -> list[dict[str, Any]]:
    """Every team of a cohort; to whoever coaches, those that are stuck first, and why."""
    cohort = cohort_or_404(request, cohort_id)
    leads = permissions.is_allowed("programmes.facilitate", request.user, cohort)
    return [
        {
            **team_shown(each.team),
            "member_count": len(each.members),
            "stuck": (each.stuck or None) if leads else None,
        }
        for each in teams_of(cohort)
    ]


@router.get("/teams/{team_id}", response=WholeTeamOut, auth=_READS)
def show_team(request: HttpRequest, team_id: UUID) -> dict[str, Any]:
    """A team with its members and what its phase asks for; for who is on it or leads the cohort."""
    return whole_team(team_or_404(request, team_id))


@router.post("/cohorts/{cohort_id}/teams", response={201: WholeTeamOut}, auth=_WRITES)
def make_team(request: HttpRequest, cohort_id: UUID, sent: TeamIn) -> Status[Any]:
    """Make a team by hand."""
    cohort = cohort_or_404(request, cohort_id)
    permissions.check("programmes.facilitate", request.user, cohort)
    with scope(municipality=cohort.municipality_id):
        given = _given(cohort, sent.dict())
        said = checked(TeamForm(given, cohort=cohort, actor=request.user)).said()
        made = services.make_team(cohort, actor=request.user, **said)
    made.cohort = cohort
    return Status(201, whole_team(made))


@router.patch("/teams/{team_id}", response=WholeTeamOut, auth=_WRITES)
def change_team(request: HttpRequest, team_id: UUID, sent: TeamChangeIn) -> dict[str, Any]:
    """Give a team another name, idea, coach, or other members."""
    team = team_or_404(request, team_id)
    permissions.check("programmes.facilitate", request.user, team)
    with scope(municipality=team.municipality_id):
        now = TeamForm(cohort=team.cohort, actor=request.user, team=team).initial
        given = {**now, **_given(team.cohort, sent.dict(exclude_unset=True))}
        said = checked(TeamForm(given, cohort=team.cohort, actor=request.user, team=team)).said()
        services.change_team(team, actor=request.user, version=sent.version, **said)
    return whole_team(team_or_404(request, team_id))


@router.post("/teams/{team_id}/dissolve", response={204: None}, auth=_WRITES)
def dissolve_team(request: HttpRequest, team_id: UUID) -> Status[None]:
    """End a team; its members are free for another, what it handed in stays."""
    services.dissolve(team_or_404(request, team_id), actor=request.user)
    return Status(204, None)


@router.post("/cohorts/{cohort_id}/teams/form", response=list[TeamOut], auth=_WRITES)
def form_teams(request: HttpRequest, cohort_id: UUID, sent: FormIn) -> list[dict[str, Any]]:
    """Form teams of those who are on none: by unit, or by what they want. The answer has the new ones."""
    cohort = cohort_or_404(request, cohort_id)
    permissions.check("programmes.facilitate", request.user, cohort)
    return [team_shown(each) for each in _WAYS[sent.by](cohort, actor=request.user)]


@router.put("/cohorts/{cohort_id}/wishes", response=WishesIn, auth=_WRITES)
def put_wishes(request: HttpRequest, cohort_id: UUID, sent: WishesIn) -> dict[str, Any]:
    """Say which ideas the caller would like to work on, the first wish first."""
    cohort = cohort_or_404(request, cohort_id)
    permissions.check("programmes.take_part", request.user, cohort)
    enrolment = place_of(request.user, cohort.pk)
    if enrolment is None:
        raise Http404
    with scope(municipality=cohort.municipality_id):
        ids = _idea_ids(cohort, sent.ideas, field="ideas")
        given = {f"wish_{number}": pk for number, pk in enumerate(ids, start=1)}
        ideas = checked(InterestForm(given, cohort=cohort, actor=request.user)).ideas()
        services.say_interest(enrolment, ideas, actor=request.user)
    return {"ideas": [idea.reference for idea in ideas]}


def whole_team(team: Team) -> dict[str, Any]:
    """A team with everything that its page shows but what is said about it."""
    method = method_of(team.municipality_id, team.method, edition=team.method_edition)
    phase = method.phase(team.phase) if method else None
    sorts = {each.sort for each in handed_in(team)}
    return {
        **team_shown(team),
        "members": [
            {"enrolment": each.enrolment_id, "name": each.enrolment.name, "is_lead": each.is_lead}
            for each in members_of(team)
        ],
        "asked": [
            {"sort": each.key, "name": each.name, "is_handed_in": each.key in sorts}
            for each in (phase.hand_ins if phase else ())
        ],
    }


def _given(cohort: Cohort, sent: dict[str, Any]) -> dict[str, Any]:
    """What was sent, as the form of the page takes it."""
    given = {name: value for name, value in sent.items() if name == "name"}
    if "idea" in sent:
        given["idea"] = next(iter(_idea_ids(cohort, [sent["idea"]] if sent["idea"] else [], field="idea")), None)
    if "coach" in sent:
        given["coach"] = _coach_id(cohort, sent["coach"])
    if "members" in sent:
        given["members"] = [str(each) for each in sent["members"]]
    return given


def _idea_ids(cohort: Cohort, references: Sequence[str], *, field: str) -> list[UUID]:
    """Whether the caller may choose them is for the form to say. Raises: ValidationError for one that is not there."""
    rows = Idea.objects.filter(municipality_id=cohort.municipality_id, reference__in=references)
    known = dict(rows.values_list("reference", "pk"))
    if any(each not in known for each in references):
        raise ValidationError({field: _("The municipality has no such idea.")})
    return [known[each] for each in references]


def _coach_id(cohort: Cohort, email: str) -> UUID | None:
    if not email:
        return None
    user = member_by_email(cohort.municipality_id, email)
    if user is None:
        raise ValidationError({"coach": _("Nobody with that address works in the municipality.")})
    return user.pk
