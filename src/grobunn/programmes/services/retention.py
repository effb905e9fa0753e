"""The end of personal data in programmes, as the README promises."""

from datetime import timedelta

from django.db.models import Q
from django_scopes import scope, scopes_disabled

from grobunn.kernel import clock
from grobunn.kernel.actors import SystemActor
from grobunn.programmes.models import Enrolment
from grobunn.programmes.services.enrolling import take_out
from grobunn.programmes.states import CohortState, EnrolmentState

KEEP_DAYS = 365
# No name is an address: what stands for one when a person is forgotten.
FORGOTTEN_DOMAIN = "@deleted.invalid"
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


def forget_enrolments() -> int:
    """Remove who declined, gave up their place, or came from elsewhere, a year after the cohort ended.

    Returns: how many. Effects: rows, with what hangs on them.
    """
    before = clock.now() - timedelta(days=KEEP_DAYS)
    ended = Q(cohort__state=CohortState.FINISHED, cohort__finished_at__lt=before) | Q(
        cohort__state=CohortState.CANCELLED, cohort__state_since__lt=before
    )
    with scopes_disabled():
        rows = Enrolment.objects.filter(ended).filter(Q(state__in=_GONE) | Q(is_external=True))
        return rows.delete()[1].get("programmes.Enrolment", 0)
