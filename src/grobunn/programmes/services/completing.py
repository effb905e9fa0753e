"""Completion follows from what was attended: with a diploma, which is withdrawn when a mark was wrong."""

from django.db import transaction
from django.utils.translation import gettext as _
from django_scopes import scope

from grobunn.kernel import clock, events, permissions
from grobunn.kernel.actors import SYSTEM, Actor
from grobunn.programmes.events import AttendanceChanged
from grobunn.programmes.models import Cohort, Enrolment, Gathering, MakeUp, Team, TeamMember
from grobunn.programmes.queries.completion import completion_of
from grobunn.programmes.services.diplomas import issue_diploma, withdraw_diploma
from grobunn.programmes.services.enrolling import step
from grobunn.programmes.states import EnrolmentState


def settle(enrolment: Enrolment) -> None:
    """Let the place say what follows from attendance, make-ups and the pitch. Repeated, it changes nothing.

    Effects: state, history, diploma, EnrolmentStepped.
    """
    with transaction.atomic(), scope(municipality=enrolment.municipality_id):
        enrolment = Enrolment.objects.select_for_update(of=("self",)).select_related("cohort").get(pk=enrolment.pk)
        if enrolment.state not in (EnrolmentState.ENROLLED, EnrolmentState.COMPLETED):
            return
        is_complete = completion_of(enrolment.cohort, [enrolment])[enrolment.pk].is_complete
        if is_complete and enrolment.state == EnrolmentState.ENROLLED:
            step(enrolment, "complete", actor=SYSTEM)
            issue_diploma(enrolment)
        elif not is_complete and enrolment.state == EnrolmentState.COMPLETED:
            step(enrolment, "take_back_completion", actor=SYSTEM, reason=_("What was marked has been put right."))
            withdraw_diploma(enrolment)


def hand_in_make_up(enrolment: Enrolment, gathering: Gathering, *, text: str, actor: Actor) -> MakeUp:
    """Tell what was done instead of a gathering that was missed; told again, it is told anew and waits again.

    Raises:  PermissionDenied.
    Effects: row.
    """
    permissions.check("programmes.answer", actor, enrolment)
    with transaction.atomic(), scope(municipality=enrolment.municipality_id):
        made, _is_new = MakeUp.objects.update_or_create(
            enrolment=enrolment,
            gathering=gathering,
            defaults={
                "municipality_id": enrolment.municipality_id,
                "text": text.strip(),
                "accepted_by": None,
                "accepted_at": None,
            },
        )
        _changed(enrolment)
    return made


def accept_make_up(make_up: MakeUp, *, actor: Actor) -> None:
    """Let it count for the gathering that was missed. Repeated, it changes nothing. Raises: PermissionDenied."""
    cohort = make_up.enrolment.cohort
    permissions.check("programmes.facilitate", actor, cohort)
    with transaction.atomic(), scope(municipality=make_up.municipality_id):
        waiting = MakeUp.objects.filter(pk=make_up.pk, accepted_at=None)
        waiting.update(accepted_at=clock.now(), accepted_by_id=actor.pk)
        _changed(make_up.enrolment)


def has_pitched(team: Team) -> None:
    """Keep that a team has pitched: that its members complete may follow. Repeated, it changes nothing.

    Effects: row, AttendanceChanged for each of its members.
    """
    with transaction.atomic(), scope(municipality=team.municipality_id):
        Team.objects.filter(pk=team.pk, pitched_at=None).update(pitched_at=clock.now())
        members = TeamMember.objects.filter(team=team).values("enrolment_id")
        for enrolment in Enrolment.objects.filter(pk__in=members):
            _changed(enrolment)


def settle_cohort(cohort: Cohort) -> None:
    """Settle everybody's place: when what completing asks for has changed."""
    with scope(municipality=cohort.municipality_id):
        for enrolment in Enrolment.objects.filter(cohort=cohort):
            settle(enrolment)


def _changed(enrolment: Enrolment) -> None:
    events.publish(AttendanceChanged(enrolment_id=enrolment.pk, municipality_id=enrolment.municipality_id))
