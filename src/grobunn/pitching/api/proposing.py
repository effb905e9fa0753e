"""Proposals over the API: read by whoever may, written by the team."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django_scopes import scope

from grobunn.initiatives.api.starting import lines_of
from grobunn.kernel import permissions
from grobunn.kernel.api.access import needs_scope
from grobunn.kernel.api.forms import checked
from grobunn.organisations.models import Unit
from grobunn.organisations.queries import open_units
from grobunn.pitching.api.found import slot_or_404
from grobunn.pitching.api.router import router
from grobunn.pitching.api.schemas import ProposalIn, ProposalOut
from grobunn.pitching.api.shown import proposal_shown
from grobunn.pitching.forms.proposals import ProposalForm
from grobunn.pitching.models import Slot
from grobunn.pitching.queries.proposals import asked_of, may_read
from grobunn.pitching.services.proposing import save_proposal

_ONE = "/pitch-days/{pitch_day_id}/slots/{slot_id}/proposal"


@router.get(_ONE, response=ProposalOut, auth=needs_scope("pitching:read"))
def show_proposal(request: HttpRequest, pitch_day_id: UUID, slot_id: UUID) -> dict[str, Any]:
    """What a team asks for; for the team, whoever sets the day up, and panellists who are impartial for it."""
    slot = _read(request, pitch_day_id, slot_id)
    (asked,) = asked_of([slot])
    return proposal_shown(asked)


@router.put(_ONE, response=ProposalOut, auth=needs_scope("pitching:write"))
def put_proposal(request: HttpRequest, pitch_day_id: UUID, slot_id: UUID, sent: ProposalIn) -> dict[str, Any]:
    """Keep what a team asks for, as a whole; refused once it is decided."""
    slot = _read(request, pitch_day_id, slot_id)
    permissions.check("pitching.propose", request.user, slot)
    with scope(municipality=slot.municipality_id):
        (asked,) = asked_of([slot])
        unit = _unit(slot, sent.unit)
        owner = _owner(ProposalForm(unit=unit, proposal=None), sent)
        form = ProposalForm({**sent.dict(), "unit": unit.pk, "owner": owner}, unit=unit, proposal=asked.proposal)
        given = checked(form).fields_given()
        save_proposal(slot, actor=request.user, version=sent.version, lines=lines_of(sent.need), **given)
        (asked,) = asked_of([slot])
    return proposal_shown(asked)


def _read(request: HttpRequest, pitch_day_id: UUID, slot_id: UUID) -> Slot:
    slot = slot_or_404(request, pitch_day_id, slot_id)
    if not may_read(request.user, slot):
        raise PermissionDenied("pitching.propose")
    return slot


def _unit(slot: Slot, slug: str) -> Unit:
    found = open_units(slot.municipality_id).filter(slug=slug).first()
    if found is None:
        raise ValidationError({"unit": _("There is no unit with that short name here.")})
    return found


def _owner(form: ProposalForm, sent: ProposalIn) -> str:
    """The key of a leader among those that the form offers."""
    if not sent.owner_email:
        return ""
    for key, each in form.leaders.items():
        if each.user.email.lower() == sent.owner_email.lower() and sent.owner_role in (None, each.role):
            return key
    raise ValidationError({"owner_email": _("The owner is somebody in the line: choose a leader.")})
