"""The list of a day: who has a place, who came from another cohort, and who is there."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from grobunn.kernel import clock
from grobunn.programmes.models import Attendance, Cohort, Day, Enrolment
from grobunn.programmes.states import HOLDS_A_PLACE

# Guests found by a name; who is not among them is found by more of the name.
MOST_FOUND = 10


@dataclass(frozen=True)
class Listed:
    """Somebody on the list of a day. Takes: is_guest, whether their place is in another cohort of the programme."""

    enrolment: Enrolment
    is_present: bool
    is_guest: bool


def days_of(cohort: Cohort) -> list[Day]:
    """The days of a cohort with their gatherings, but for cancelled ones, in order."""
    rows = Day.objects.filter(gathering__cohort=cohort, gathering__cancelled_at=None)
    return list(rows.select_related("gathering").order_by("on", "starts", "id"))


def day_shown(days: Sequence[Day], asked: str) -> Day | None:
    """The day that somebody asked for; else today's, the last before it, or the first of all. None without days."""
    today = clock.today()
    chosen = [day for day in days if str(day.pk) == asked]
    been = [day for day in days if day.on <= today]
    return next(iter([*chosen, *reversed(been), *days]), None)


def list_of(cohort: Cohort, day: Day, *, guest: str = "") -> list[Listed]:
    """Who is on the list, by name. Three SQL whatever their number.

    Takes: guest, a part of a name: those of the programme's other cohorts whose name has it are listed too.
    """
    present: dict[UUID, bool] = dict(Attendance.objects.filter(day=day).values_list("enrolment_id", "is_present"))
    own = Enrolment.objects.filter(cohort=cohort, state__in=HOLDS_A_PLACE).select_related("unit")
    others = Enrolment.objects.filter(cohort__programme_id=cohort.programme_id, state__in=HOLDS_A_PLACE)
    others = others.exclude(cohort=cohort).select_related("unit")
    been = Q(pk__in=[person for person, is_present in present.items() if is_present])
    guests = list(others.filter(been))
    if guest:
        guests += others.filter(name__icontains=guest).exclude(been).order_by("name", "id")[:MOST_FOUND]
    listed = [
        *(Listed(each, present.get(each.pk, False), is_guest=False) for each in own),
        *(Listed(each, present.get(each.pk, False), is_guest=True) for each in guests),
    ]
    return sorted(listed, key=lambda each: (each.is_guest, each.enrolment.name.casefold(), each.enrolment.pk))


def present_on(cohort: Cohort, day_id: str) -> list[str]:
    """The ids of the places of those who are here on a day of a cohort; none for what is no day of it."""
    if day_id not in {str(day.pk) for day in days_of(cohort)}:
        return []
    present = Attendance.objects.filter(day_id=day_id, is_present=True)
    return [str(each) for each in present.values_list("enrolment_id", flat=True)]


def place_on(day: Day, places: QuerySet[Enrolment]) -> Enrolment | None:
    """The place by which somebody is there on a day: in its cohort, else in another of its programme.

    Takes: places, those of one person.
    """
    cohort = day.gathering.cohort
    held = places.filter(cohort__programme_id=cohort.programme_id, state__in=HOLDS_A_PLACE)
    return min(held, key=lambda each: (each.cohort_id != cohort.pk, each.pk), default=None)


def is_on_list(day: Day, enrolment: Enrolment) -> bool:
    """Whether the list says that somebody is there."""
    return Attendance.objects.filter(day=day, enrolment=enrolment, is_present=True).exists()
