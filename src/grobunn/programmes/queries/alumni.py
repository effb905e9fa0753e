"""Reads alumni: who completed a programme and is still here, and what comes next for them."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from grobunn.kernel import clock
from grobunn.kernel.paging import Page, page
from grobunn.organisations.models import RoleAssignment
from grobunn.organisations.queries import holds_on
from grobunn.programmes.keeping import FORGOTTEN_DOMAIN
from grobunn.programmes.models import Cohort, Diploma, Enrolment, Programme
from grobunn.programmes.queries.people import GONE
from grobunn.programmes.queries.programmes import with_dates
from grobunn.programmes.states import TAKES_IN, EnrolmentState

PAGE_SIZE = 50
ORDER = ("name", "id")


@dataclass(frozen=True)
class Next:
    """A cohort that comes next. Takes: place, the person's own in it; may_take, whether they may take one."""

    cohort: Cohort
    place: Enrolment | None
    may_take: bool


def alumni_of(programme: Programme) -> QuerySet[Enrolment]:
    """Those who completed a programme, with `completed_on`; who has left or is deleted is not among them.

    Of somebody without an account it is not known whether they have left: they stay until they are forgotten.
    """
    still_here = RoleAssignment.objects.filter(holds_on(clock.today()), municipality_id=programme.municipality_id)
    is_here = Q(user__isnull=True) & ~Q(email__endswith=FORGOTTEN_DOMAIN)
    is_here |= Q(user__is_active=True) & (Q(is_external=True) | Q(user__in=still_here.values("user_id")))
    issued = Diploma.objects.filter(enrolment=OuterRef("pk"), withdrawn_at=None).values("issued_on")[:1]
    rows = Enrolment.objects.filter(is_here, cohort__programme=programme, state=EnrolmentState.COMPLETED)
    return rows.select_related("unit", "user", "cohort").annotate(completed_on=Subquery(issued))


def alumni_page(programme: Programme, *, cursor: str | None) -> Page[Enrolment]:
    """A page of them, by name. Raises: BadCursor."""
    return page(alumni_of(programme), order=ORDER, size=PAGE_SIZE, cursor=cursor)


def programmes_with_alumni(municipality_id: UUID) -> QuerySet[Programme]:
    """The programmes that somebody has completed, by name."""
    completed = Enrolment.objects.filter(state=EnrolmentState.COMPLETED)
    rows = Programme.objects.filter(municipality_id=municipality_id, pk__in=completed.values("cohort__programme_id"))
    return rows.order_by("name", "id")


def what_comes_next(enrolment: Enrolment) -> list[Next]:
    """The cohorts that take people in, of programmes that follow after one that somebody completed. Two SQL at most.

    Those which the person is invited to, or may take a place in; others are told of, for them to ask.
    """
    rows = Cohort.objects.filter(programme__follows_id=enrolment.cohort.programme_id, state__in=TAKES_IN)
    cohorts = list(with_dates(rows.select_related("programme__municipality")).order_by("programme__name", "made_at"))
    who = Q(email=enrolment.email) | (Q(user_id=enrolment.user_id) if enrolment.user_id else Q())
    places = {each.cohort_id: each for each in Enrolment.objects.filter(who, cohort__in=cohorts)} if cohorts else {}
    found = []
    for cohort in cohorts:
        place = places.get(cohort.pk)
        has_place = place is not None and place.state not in GONE
        found.append(Next(cohort, place if has_place else None, cohort.takes_alumni and not has_place))
    return found
