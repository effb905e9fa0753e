"""Declaring impartiality over the API."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django_scopes import scope

from grobunn.juries.api.router import router
from grobunn.juries.api.schemas import DeclarationOut, DeclarationsIn
from grobunn.juries.api.shown import entry_or_404, panel_or_404
from grobunn.juries.models import Declaration, Entry, Member
from grobunn.juries.queries.members import member_of
from grobunn.juries.queries.standing import standings
from grobunn.juries.services.declaring import Declared, declare
from grobunn.kernel.api.access import needs_scope


@router.post("/panels/{panel_id}/declarations", response=list[DeclarationOut], auth=needs_scope("juries:write"))
def send_declarations(request: HttpRequest, panel_id: str, sent: DeclarationsIn) -> list[dict[str, Any]]:
    """Declare for some entries, or anew; the answer has every entry that the caller has declared for."""
    panel = panel_or_404(request, panel_id)
    member = member_of(panel, request.user)
    if member is None:
        raise PermissionDenied("juries.declare")
    given = [Declared(entry_or_404(panel, each.entry), each.ground, each.text) for each in sent.declarations]
    declare(member, given, actor=request.user)
    return _declared(member)


def _declared(member: Member) -> list[dict[str, Any]]:
    with scope(municipality=member.municipality_id):
        entries = list(Entry.objects.judged().filter(panel=member.panel_id))
        said = {row.entry_id: row for row in Declaration.objects.filter(member=member)}
    known = standings(member.panel, [member], entries)
    return [
        {
            "entry": entry.pk,
            "ground": said[entry.pk].ground,
            "declared_at": said[entry.pk].declared_at,
            "standing": known[(member.pk, entry.pk)],
        }
        for entry in entries
        if entry.pk in said
    ]
