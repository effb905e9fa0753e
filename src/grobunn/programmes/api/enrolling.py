"""Places over the API: one's own, with its answers; invitations, and many at once for those who run the cohort."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from django_scopes import scope

from grobunn.kernel import permissions
from grobunn.kernel.api.access import needs_scope
from grobunn.kernel.api.forms import checked
from grobunn.organisations.models import Unit
from grobunn.organisations.queries import open_units
from grobunn.programmes.api.found import cohort_or_404, own_place_or_404
from grobunn.programmes.api.place_schemas import (
    Answer,
    AnswerIn,
    Deed,
    InvitationsIn,
    InvitedOut,
    InviteeIn,
    PeopleIn,
    PeopleOut,
    PlaceOut,
)
from grobunn.programmes.api.router import router
from grobunn.programmes.api.shown import place_shown
from grobunn.programmes.forms.enrolling import InviteForm
from grobunn.programmes.models import Cohort, Enrolment
from grobunn.programmes.queries.completion import completion_of
from grobunn.programmes.services import enrolling
from grobunn.programmes.services.enrolling import Invitee
from grobunn.programmes.states import HOLDS_A_PLACE, EnrolmentState

_READS = needs_scope("programmes:read")
_WRITES = needs_scope("programmes:write")


@router.get("/cohorts/{cohort_id}/place", response=PlaceOut, auth=_READS)
def own_place(request: HttpRequest, cohort_id: UUID) -> dict[str, Any]:
    """The caller's own place in a cohort, their number in line, their calendar, and what remains."""
    return _shown(own_place_or_404(request, cohort_or_404(request, cohort_id)))


@router.post("/cohorts/{cohort_id}/place/{answer}", response=PlaceOut, auth=_WRITES)
def answer_invitation(request: HttpRequest, cohort_id: UUID, answer: Answer, sent: AnswerIn) -> dict[str, Any]:
    """Say yes or no, or give up the place. A yes with no room left is a place in line."""
    place = own_place_or_404(request, cohort_or_404(request, cohort_id))
    if answer == "accept":
        enrolling.accept(place, actor=request.user)
    else:
        services = {"decline": enrolling.decline, "withdraw": enrolling.withdraw}
        services[answer](place, actor=request.user, reason=sent.reason)
    return _shown(place)


@router.post("/cohorts/{cohort_id}/invitations", response=InvitedOut, auth=_WRITES)
def invite_people(request: HttpRequest, cohort_id: UUID, sent: InvitationsIn) -> dict[str, Any]:
    """Invite people by e-mail address. Sent again, nobody is invited twice."""
    cohort = cohort_or_404(request, cohort_id)
    permissions.check("programmes.run", request.user, cohort)
    with scope(municipality=cohort.municipality_id):
        units = {unit.slug: unit for unit in open_units(cohort.municipality_id)}
        invitees = [_invitee(each, number, units) for number, each in enumerate(sent.people)]
        invited = enrolling.invite(cohort, invitees, actor=request.user)
        addresses = [each.email.lower() for each in invitees]
        theirs = list(Enrolment.objects.filter(cohort=cohort, email__in=addresses))
        taken = _taken_in(cohort, theirs, addresses, request.user) if sent.take_in else []
    return {"invited": len(invited), "known": len(theirs) - len(invited), "taken_in": len(taken)}


@router.post("/cohorts/{cohort_id}/participants/{deed}", response=PeopleOut, auth=_WRITES)
def take_people(request: HttpRequest, cohort_id: UUID, deed: Deed, sent: PeopleIn) -> dict[str, Any]:
    """Give places to many without asking them, or end them; those in line move up. Sent again, nothing happens."""
    cohort = cohort_or_404(request, cohort_id)
    permissions.check("programmes.run", request.user, cohort)
    with scope(municipality=cohort.municipality_id):
        people = list(Enrolment.objects.filter(cohort=cohort, pk__in=sent.people).order_by("name", "id"))
        if len(people) != len(set(sent.people)):
            raise Http404
        service = enrolling.take_in if deed == "take_in" else enrolling.take_out
        return {"changed": len(service(cohort, people, actor=request.user))}


def _invitee(sent: InviteeIn, number: int, units: dict[str, Unit]) -> Invitee:
    """Raises: ValidationError, which names the place in the list."""
    form = InviteForm({"name": sent.name, "email": sent.email, "organisation": sent.organisation})
    try:
        given = checked(form).invitee()
    except ValidationError as error:
        told = {f"people/{number}/{name}": texts for name, texts in error.message_dict.items()}
        raise ValidationError(told) from error
    if sent.unit and sent.unit not in units:
        raise ValidationError({f"people/{number}/unit": _("The municipality has no such unit.")})
    return Invitee(
        name=given.name,
        email=given.email,
        organisation=given.organisation,
        is_external=given.is_external,
        unit=units.get(sent.unit),
        leader_level=sent.leader_level,
    )


def _taken_in(cohort: Cohort, theirs: list[Enrolment], addresses: list[str], actor: Any) -> list[Enrolment]:
    """In the order in which they were sent: the first get the places."""
    order = {address: number for number, address in enumerate(addresses)}
    return enrolling.take_in(cohort, sorted(theirs, key=lambda each: order[each.email]), actor=actor)


def _shown(place: Enrolment) -> dict[str, Any]:
    in_line = place.state == EnrolmentState.WAITING
    has_place = place.state in HOLDS_A_PLACE
    return place_shown(
        place,
        number_in_line=enrolling.number_in_line(place) if in_line else None,
        completion=completion_of(place.cohort, [place])[place.pk] if has_place else None,
    )
