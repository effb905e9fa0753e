"""Attendance and completion over the API: the list of a day, marks made on devices, what remains for whom."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django_scopes import scope

from grobunn.kernel import permissions
from grobunn.kernel.api.access import needs_scope
from grobunn.kernel.api.forms import checked
from grobunn.programmes.api.found import cohort_or_404, gathering_or_404
from grobunn.programmes.api.place_schemas import (
    ListedOut,
    MakeUpIn,
    MakeUpOut,
    MarksIn,
    MarksOut,
    StandingOut,
    UnitCountOut,
)
from grobunn.programmes.api.router import router
from grobunn.programmes.api.shown import completion_shown
from grobunn.programmes.forms.attending import MakeUpForm
from grobunn.programmes.models import Cohort, MakeUp
from grobunn.programmes.queries.attendance import days_of, list_of
from grobunn.programmes.queries.people import place_of
from grobunn.programmes.queries.standing import Standing, counts_by_unit, standings_of
from grobunn.programmes.services.attending import MarkGiven, record_marks
from grobunn.programmes.services.completing import accept_make_up, hand_in_make_up
from grobunn.programmes.states import HOLDS_A_PLACE

_READS = needs_scope("programmes:read")
_WRITES = needs_scope("programmes:write")


@router.get("/cohorts/{cohort_id}/days/{day_id}/list", response=list[ListedOut], auth=_READS)
def list_of_day(request: HttpRequest, cohort_id: UUID, day_id: UUID, guest: str = "") -> list[dict[str, Any]]:
    """Who is on the list of a day, and who is there. `guest`: a part of a name in the programme's other cohorts."""
    cohort = _led(request, cohort_id)
    with scope(municipality=cohort.municipality_id):
        day = next((each for each in days_of(cohort) if each.pk == day_id), None)
        if day is None:
            raise Http404
        return [
            {
                "enrolment": each.enrolment.pk,
                "name": each.enrolment.name,
                "unit": each.enrolment.unit.name if each.enrolment.unit else None,
                "is_present": each.is_present,
                "is_guest": each.is_guest,
            }
            for each in list_of(cohort, day, guest=guest[:150])
        ]


@router.put("/cohorts/{cohort_id}/marks", response=MarksOut, auth=_WRITES)
def put_marks(request: HttpRequest, cohort_id: UUID, sent: MarksIn) -> dict[str, Any]:
    """Keep marks of attendance. Sent again, in any order, they change nothing; all are kept or none."""
    cohort = _led(request, cohort_id)
    marks = [
        MarkGiven(
            id=each.id, day_id=each.day, enrolment_id=each.enrolment, is_present=each.is_present, made_at=each.made_at
        )
        for each in sent.marks
    ]
    return {"new": record_marks(cohort, marks, sent_at=sent.sent_at, actor=request.user)}


@router.get("/cohorts/{cohort_id}/completion", response=list[StandingOut], auth=_READS)
def show_completion(request: HttpRequest, cohort_id: UUID) -> list[dict[str, Any]]:
    """Where everybody with a place stands, by name, and what remains; for those who run or lead the cohort."""
    cohort = _led(request, cohort_id)
    with scope(municipality=cohort.municipality_id):
        return [_standing(each) for each in standings_of(cohort)]


@router.get("/cohorts/{cohort_id}/completion/units", response=list[UnitCountOut], auth=_READS)
def show_completion_of_units(request: HttpRequest, cohort_id: UUID) -> list[dict[str, Any]]:
    """How many have completed, of units with five or more in the cohort."""
    cohort = _led(request, cohort_id)
    with scope(municipality=cohort.municipality_id):
        counts = counts_by_unit(standings_of(cohort))
    return [{"unit": each.unit.name, "people": each.people, "completed": each.completed} for each in counts]


@router.put("/cohorts/{cohort_id}/gatherings/{topic}/make-up", response=MakeUpOut, auth=_WRITES)
def put_make_up(request: HttpRequest, cohort_id: UUID, topic: str, sent: MakeUpIn) -> dict[str, Any]:
    """Tell what the caller did instead of a gathering that they missed; told again, it waits again."""
    gathering = gathering_or_404(request, cohort_id, topic)
    permissions.check("programmes.take_part", request.user, gathering)
    place = place_of(request.user, cohort_id)
    if place is None or place.state not in HOLDS_A_PLACE:
        raise Http404
    text = checked(MakeUpForm(sent.dict())).cleaned_data["text"]
    return _make_up(hand_in_make_up(place, gathering, text=text, actor=request.user))


@router.post("/cohorts/{cohort_id}/make-ups/{make_up_id}/accept", response=MakeUpOut, auth=_WRITES)
def accept_handed_in(request: HttpRequest, cohort_id: UUID, make_up_id: UUID) -> dict[str, Any]:
    """Let what somebody did count for the gathering that they missed; sent again, it counts once."""
    cohort = _led(request, cohort_id)
    with scope(municipality=cohort.municipality_id):
        rows = MakeUp.objects.filter(pk=make_up_id, gathering__cohort=cohort)
        made = rows.select_related("enrolment__cohort", "gathering").first()
        if made is None:
            raise Http404
        accept_make_up(made, actor=request.user)
        made.refresh_from_db(fields=["accepted_at"])
    return _make_up(made)


def _led(request: HttpRequest, cohort_id: UUID) -> Cohort:
    cohort = cohort_or_404(request, cohort_id)
    permissions.check("programmes.facilitate", request.user, cohort)
    return cohort


def _standing(each: Standing) -> dict[str, Any]:
    return {
        "enrolment": each.enrolment.pk,
        "name": each.enrolment.name,
        "unit": each.enrolment.unit.name if each.enrolment.unit else None,
        **completion_shown(each.completion),
        "waiting": [
            {"id": one.pk, "topic": one.gathering.topic, "text": one.text, "made_at": one.made_at}
            for one in each.waiting
        ],
    }


def _make_up(made: MakeUp) -> dict[str, Any]:
    return {"id": made.pk, "topic": made.gathering.topic, "text": made.text, "accepted_at": made.accepted_at}
