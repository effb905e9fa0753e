"""What somebody attended of a cohort, with days and hours: what a diploma says."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django_scopes import scope

from grobunn.programmes.models import Attendance, Cohort, Day, Enrolment, Gathering, MakeUp

_MINUTES_OF_AN_HOUR = 60


@dataclass(frozen=True)
class Attended:
    """A gathering as somebody attended it. Takes: is_made_up, something else counts for what was missed of it."""

    title: str
    days: tuple[date, ...]
    minutes: int
    is_made_up: bool

    @property
    def hours(self) -> float:
        """The hours, to the half."""
        return round(self.minutes * 2 / _MINUTES_OF_AN_HOUR) / 2

    def as_kept(self) -> dict[str, Any]:
        """As JSON, for the row of a diploma."""
        return {
            "title": self.title,
            "days": [day.isoformat() for day in self.days],
            "minutes": self.minutes,
            "is_made_up": self.is_made_up,
        }

    @classmethod
    def from_kept(cls, kept: Mapping[str, Any]) -> "Attended":
        """From the row of a diploma."""
        days = tuple(date.fromisoformat(day) for day in kept["days"])
        return cls(kept["title"], days, kept["minutes"], kept["is_made_up"])


def attended_by(cohort: Cohort, enrolments: Sequence[Enrolment]) -> Mapping[UUID, tuple[Attended, ...]]:
    """What people attended of a cohort's gatherings, by enrolment, in order. Three SQL whatever their number.

    A day of the same topic in another cohort of the programme counts as one of the gathering.
    """
    with scope(municipality=cohort.municipality_id):
        gatherings = list(Gathering.objects.filter(cohort=cohort, cancelled_at=None).order_by("position"))
        days = _days_by_topic(enrolments)
        accepted = MakeUp.objects.filter(enrolment__in=enrolments, accepted_at__isnull=False)
        made_up = set(accepted.values_list("enrolment_id", "gathering_id"))

    def attended(person: UUID, gathering: Gathering) -> Attended:
        its = sorted(days[person, gathering.topic], key=lambda day: (day.on, day.starts))
        minutes = sum(_minutes(day) for day in its)
        is_made_up = (person, gathering.pk) in made_up
        return Attended(gathering.title, tuple(day.on for day in its), minutes, is_made_up)

    found = {}
    for person in (each.pk for each in enrolments):
        every = (attended(person, gathering) for gathering in gatherings)
        found[person] = tuple(each for each in every if each.days or each.is_made_up)
    return found


def _days_by_topic(enrolments: Sequence[Enrolment]) -> Mapping[tuple[UUID, str], list[Day]]:
    rows = Attendance.objects.filter(enrolment__in=enrolments, is_present=True, day__gathering__cancelled_at=None)
    found: dict[tuple[UUID, str], list[Day]] = defaultdict(list)
    for row in rows.select_related("day__gathering"):
        found[row.enrolment_id, row.day.gathering.topic].append(row.day)
    return found


def _minutes(day: Day) -> int:
    length = datetime.combine(day.on, day.ends) - datetime.combine(day.on, day.starts)
    return int(length.total_seconds()) // _MINUTES_OF_AN_HOUR
