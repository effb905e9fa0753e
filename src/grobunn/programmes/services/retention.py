"""The end of personal data in programmes, as the README promises."""

from datetime import timedelta

from django.db.models import Q, QuerySet
from django_scopes import scope, scopes_disabled

from grobunn.kernel import clock
from grobunn.kernel.actors import SystemActor
from grobunn.programmes.keeping import FORGOTTEN_DOMAIN, KEEP_ATTENDANCE_DAYS, KEEP_DAYS
from grobunn.programmes.models import Attendance, Cohort, DiplomaFile, Enrolment, Interest, MakeUp, Mark
from grobunn.programmes.services.enrolling import take_out
from grobunn.programmes.states import CohortState, EnrolmentState

_GONE = (EnrolmentState.DECLINED, EnrolmentState.WITHDRAWN)


def forget_person(enrolment: Enrolment, *, actor: SystemActor) -> None:
    """End a place of somebody whose account is deleted, and forget who it was. That somebody completed stays.

    Effects: row, history, EnrolmentStepped; those in line move up.
    """
    with scope(municipality=enrolment.municipality_id):
        take_out(enrolment.cohort, [enrolment], actor=actor)
        # No name is a name: the row counts, and belongs to nobody.
        Enrolment.objects.filter(pk=enrolment.pk).update(
            name="–", email=f"{enrolment.pk}{FORGOTTEN_DOMAIN}", organisation="", user=None, feed_key=None
        )
        # What was done instead counts; what the person wrote of it was theirs.
        MakeUp.objects.filter(enrolment=enrolment).exclude(text="").update(text="–")
        Interest.objects.filter(enrolment=enrolment).delete()
        DiplomaFile.objects.filter(cohort=enrolment.cohort_id).delete()


def forget_enrolments() -> int:
    """Remove who declined, gave up their place, or came from elsewhere, a year after the cohort ended.

    Returns: how many. Effects: rows, with what hangs on them.
    """
    with scopes_disabled():
        ended = _ended(days=KEEP_DAYS).values("pk")
        rows = Enrolment.objects.filter(Q(state__in=_GONE) | Q(is_external=True), cohort__in=ended)
        return rows.delete()[1].get("programmes.Enrolment", 0)


def forget_attendance() -> int:
    """Remove who was where, and what made up for it, two years after the cohort ended. That somebody completed stays.

    Returns: how many marks. Effects: rows.
    """
    with scopes_disabled():
        forgotten = Enrolment.objects.filter(cohort__in=_ended(days=KEEP_ATTENDANCE_DAYS).values("pk")).values("pk")
        MakeUp.objects.filter(enrolment__in=forgotten).delete()
        Attendance.objects.filter(enrolment__in=forgotten).delete()
        return Mark.objects.filter(enrolment__in=forgotten).delete()[0]


def _ended(*, days: int) -> QuerySet[Cohort]:
    """The cohorts that ended so many days ago."""
    before = clock.now() - timedelta(days=days)
    finished = Q(state=CohortState.FINISHED, finished_at__lt=before)
    return Cohort.objects.filter(finished | Q(state=CohortState.CANCELLED, state_since__lt=before))
