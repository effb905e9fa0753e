"""What one person has to do with programmes: invitations to answer, and the gathering that comes next."""

from dataclasses import dataclass
from uuid import UUID

from django_scopes import scopes_disabled

from grobunn.accounts.models import User
from grobunn.kernel import clock
from grobunn.programmes.models import Day, Enrolment
from grobunn.programmes.states import TAKES_IN, EnrolmentState


@dataclass(frozen=True)
class ProgrammeWork:
    """What concerns one person. Takes: invited, those not answered; next_day, the first day to come of any cohort."""

    invited: list[Enrolment]
    next_day: Day | None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing."""
        return not self.invited and self.next_day is None


def programme_work_of(user: User) -> ProgrammeWork:
    """What somebody has to do with programmes, in every municipality. One SQL; one more for who has a place."""
    with scopes_disabled():
        places = Enrolment.objects.filter(
            user=user, state__in=(EnrolmentState.INVITED, EnrolmentState.ENROLLED), cohort__state__in=TAKES_IN
        ).select_related("cohort__programme__municipality")
        found = list(places.order_by("invited_at", "id"))
        taken = [each.cohort_id for each in found if each.state == EnrolmentState.ENROLLED]
        return ProgrammeWork(
            invited=[each for each in found if each.state == EnrolmentState.INVITED],
            next_day=_next_day(taken) if taken else None,
        )


def _next_day(cohort_ids: list[UUID]) -> Day | None:
    days = Day.objects.filter(
        gathering__cohort__in=cohort_ids, gathering__cancelled_at=None, on__gte=clock.today()
    ).select_related("gathering__cohort__programme__municipality")
    return days.order_by("on", "starts").first()
