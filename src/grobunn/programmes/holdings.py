"""What programmes hold about a person, for the person's own page and export."""

from typing import Any

from django_scopes import scopes_disabled

from grobunn.accounts.models import User
from grobunn.kernel.models import StateChange
from grobunn.programmes.diplomas import written_number
from grobunn.programmes.models import (
    Attendance,
    Diploma,
    Enrolment,
    EvaluationGiven,
    Facilitator,
    HandIn,
    Interest,
    MakeUp,
    Material,
    Programme,
    TeamMember,
)
from grobunn.programmes.states import COHORT_MACHINE, ENROLMENT_MACHINE


def held_about(user: User) -> dict[str, Any]:
    """Where somebody takes part and what they lead, made and decided."""
    with scopes_disabled():
        places = Enrolment.objects.filter(user=user).select_related("cohort__programme", "unit")
        led = Facilitator.objects.filter(user=user).select_related("gathering")
        steps = StateChange.objects.filter(machine__in=(COHORT_MACHINE.name, ENROLMENT_MACHINE.name), actor_id=user.pk)
        return {
            "places": [_place(each) for each in places.order_by("invited_at", "id")],
            "attendance": [
                {"gathering": row.day.gathering.title, "on": row.day.on.isoformat(), "present": row.is_present}
                for row in Attendance.objects.filter(enrolment__in=places)
                .select_related("day__gathering")
                .order_by("day__on", "id")
            ],
            "make_ups": [
                {"gathering": row.gathering.title, "text": row.text, "accepted": row.accepted_at is not None}
                for row in MakeUp.objects.filter(enrolment__in=places).select_related("gathering").order_by("made_at")
            ],
            "teams": list(
                TeamMember.objects.filter(enrolment__in=places).order_by("id").values_list("team__name", flat=True)
            ),
            "wishes": list(
                Interest.objects.filter(enrolment__in=places)
                .order_by("enrolment", "order")
                .values_list("idea__reference", flat=True)
            ),
            "handed_in": [
                {"team": row.team.name, "what": row.sort, "text": row.text, "at": row.made_at.isoformat()}
                for row in HandIn.objects.filter(made_by=user).select_related("team").order_by("made_at")
            ],
            "diplomas": [_diploma(each) for each in Diploma.objects.filter(enrolment__in=places).order_by("id")],
            "evaluated": [
                each.gathering.title
                for each in EvaluationGiven.objects.filter(enrolment__in=places).select_related("gathering")
            ],
            "leads": [each.gathering.title for each in led.order_by("id")],
            "made": list(Programme.objects.filter(made_by=user).order_by("made_at").values_list("name", flat=True)),
            "material": list(Material.objects.filter(made_by=user).order_by("made_at").values_list("title", flat=True)),
            "steps": [
                {"at": row.at.isoformat(), "step": row.edge, "reason": row.reason} for row in steps.order_by("id")
            ],
        }


def _place(enrolment: Enrolment) -> dict[str, Any]:
    return {
        "programme": enrolment.cohort.programme.name,
        "cohort": enrolment.cohort.name,
        "state": enrolment.state,
        "name": enrolment.name,
        "email": enrolment.email,
        "unit": enrolment.unit.name if enrolment.unit else "",
        "leader_level": enrolment.leader_level,
        "organisation": enrolment.organisation,
        "invited_at": enrolment.invited_at.isoformat(),
    }


def _diploma(diploma: Diploma) -> dict[str, Any]:
    return {
        "number": written_number(diploma.number),
        "issued_on": diploma.issued_on.isoformat(),
        "withdrawn_at": diploma.withdrawn_at.isoformat() if diploma.withdrawn_at else None,
        "gatherings": diploma.gatherings,
    }
