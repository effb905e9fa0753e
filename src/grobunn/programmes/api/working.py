"""A team's work over the API: its phase, what it hands in, and what is said about it."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, Http404, HttpRequest
from django.utils.datastructures import MultiValueDict
from django_scopes import scope
from ninja import File, Form, UploadedFile
from ninja.responses import Status

from grobunn.discussion.pace import count_comment
from grobunn.discussion.panel import ShownComment, panel_of
from grobunn.discussion.registry import attachable_of
from grobunn.discussion.services.comments import add_comment
from grobunn.discussion.services.errors import Refused
from grobunn.kernel import permissions
from grobunn.kernel.api.access import needs_scope
from grobunn.kernel.api.forms import checked
from grobunn.programmes.api.found import team_or_404
from grobunn.programmes.api.router import router
from grobunn.programmes.api.shown import hand_in_shown
from grobunn.programmes.api.team_schemas import (
    HandInIn,
    HandInOut,
    PhaseIn,
    TeamCommentIn,
    TeamCommentOut,
    WholeTeamOut,
)
from grobunn.programmes.api.teams import whole_team
from grobunn.programmes.forms.teams import HandInForm
from grobunn.programmes.models import Team
from grobunn.programmes.queries.teams import handed_in
from grobunn.programmes.services import teams as services

_READS = needs_scope("programmes:read")
_WRITES = needs_scope("programmes:write")


@router.post("/teams/{team_id}/phase", response=WholeTeamOut, auth=_WRITES)
def move_team(request: HttpRequest, team_id: UUID, sent: PhaseIn) -> dict[str, Any]:
    """Move a team to another phase of its method, forwards or back."""
    services.move_phase(team_or_404(request, team_id), sent.phase, actor=request.user, version=sent.version)
    return whole_team(team_or_404(request, team_id))


@router.get("/teams/{team_id}/hand-ins", response=list[HandInOut], auth=_READS)
def list_hand_ins(request: HttpRequest, team_id: UUID) -> list[dict[str, Any]]:
    """What a team has handed in, the latest edition of each sort first."""
    return [hand_in_shown(each) for each in handed_in(team_or_404(request, team_id))]


@router.post("/teams/{team_id}/hand-ins", response={201: HandInOut}, auth=_WRITES)
def add_hand_in(request: HttpRequest, team_id: UUID, sent: HandInIn) -> Status[Any]:
    """Hand in what the method asks for."""
    team = team_or_404(request, team_id)
    permissions.check("programmes.work", request.user, team)
    form = HandInForm({"key": sent.key or team.pk, "sort": sent.sort, "text": sent.text})
    given = checked(form).cleaned_data
    made = services.hand_in(team, sort=given["sort"], text=given["text"], key=sent.key, actor=request.user)
    return Status(201, hand_in_shown(made))


@router.post("/teams/{team_id}/hand-ins/file", response={201: HandInOut}, auth=_WRITES)
def add_handed_in_file(
    request: HttpRequest, team_id: UUID, sort: Form[str], file: File[UploadedFile], text: Form[str] = ""
) -> Status[Any]:
    """Hand in a file, with a word or without: PDF, office files, CSV or text, 20 MB at most."""
    team = team_or_404(request, team_id)
    permissions.check("programmes.work", request.user, team)
    given = checked(
        HandInForm({"key": team.pk, "sort": sort, "text": text}, MultiValueDict({"file": [file]}))
    ).cleaned_data
    made = services.hand_in(team, sort=given["sort"], text=given["text"], document=given["file"], actor=request.user)
    return Status(201, hand_in_shown(made))


@router.get("/teams/{team_id}/hand-ins/{hand_in_id}/file", response=bytes, auth=_READS)
def show_handed_in_file(request: HttpRequest, team_id: UUID, hand_in_id: UUID) -> FileResponse:
    """A file that a team handed in."""
    found = next((each for each in handed_in(team_or_404(request, team_id)) if each.pk == hand_in_id), None)
    if found is None or not found.file:
        raise Http404
    return FileResponse(found.file.open("rb"), as_attachment=True, filename=found.name, content_type=found.content_type)


@router.get("/teams/{team_id}/comments", response=list[TeamCommentOut], auth=_READS)
def list_team_comments(request: HttpRequest, team_id: UUID) -> list[dict[str, Any]]:
    """What is said about a team's work, oldest first."""
    return _comments(request, team_or_404(request, team_id))


@router.post("/teams/{team_id}/comments", response={201: list[TeamCommentOut]}, auth=_WRITES)
def add_team_comment(request: HttpRequest, team_id: UUID, sent: TeamCommentIn) -> Status[Any]:
    """Say something about a team's work; those who follow it are told. The answer has all that is said."""
    team = team_or_404(request, team_id)
    permissions.check("discussion.take_part", request.user)
    attachable = attachable_of("team")
    if attachable is None or not attachable.may_comment(request.user, team):
        raise PermissionDenied("discussion.comment")
    try:
        count_comment(request.user)
        with scope(municipality=team.municipality_id):
            add_comment(team, attachable=attachable, text=sent.text, actor=request.user, comment_id=sent.key)
    except Refused as refusal:
        raise ValidationError({"text": str(refusal.message)}) from refusal
    return Status(201, _comments(request, team))


def _comments(request: HttpRequest, team: Team) -> list[dict[str, Any]]:
    with scope(municipality=team.municipality_id):
        return [_comment(each) for each in panel_of("team", team, actor=request.user, is_whole=True).comments]


def _comment(shown: ShownComment) -> dict[str, Any]:
    comment = shown.comment
    return {
        "id": comment.pk,
        "text": "" if comment.is_removed else comment.text,
        "by": shown.byline,
        "made_at": comment.written_at,
        "is_removed": comment.is_removed,
    }
