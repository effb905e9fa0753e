"""What somebody has completed of a cohort, and what remains."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django_scopes import scope

from grobunn.kernel import clock
from grobunn.programmes.keeping import is_attendance_forgotten
from grobunn.programmes.models import Attendance, Cohort, Day, Enrolment, Gathering, MakeUp, Team, TeamMember
from grobunn.programmes.states import HOLDS_A_PLACE, EnrolmentState


@dataclass(frozen=True)
class Remaining:
    """A required gathering that is neither attended nor made up.

    Takes: missed, how many of its days that have been were missed; is_past, whether it is over: then only making up
           helps; waits, whether a make-up is handed in and not accepted yet.
    """

    gathering: Gathering
    missed: int
    is_past: bool
    waits: bool


@dataclass(frozen=True)
class Completion:
    """Where somebody stands. Takes: attended, gatherings attended or made up, of `required`."""

    attended: int
    required: int
    remains: tuple[Remaining, ...]
    lacks_pitch: bool

    @property
    def is_complete(self) -> bool:
        """Whether nothing remains."""
        return not self.remains and not self.lacks_pitch

    @property
    def to_make_up(self) -> tuple[Remaining, ...]:
        """What was missed and is over."""
        return tuple(each for each in self.remains if each.is_past)


def completion_of(cohort: Cohort, enrolments: Iterable[Enrolment] | None = None) -> Mapping[UUID, Completion]:
    """Where those who hold a place stand, by enrolment. Five SQL whatever their number.

    Of a cohort whose attendance is forgotten, who has completed has completed.
    """
    is_forgotten = is_attendance_forgotten(cohort)
    with scope(municipality=cohort.municipality_id):
        if enrolments is None:
            enrolments = Enrolment.objects.filter(cohort=cohort, state__in=HOLDS_A_PLACE)
        everybody = list(enrolments)
        people = [enrolment.pk for enrolment in everybody]
        done = {each.pk for each in everybody if each.state == EnrolmentState.COMPLETED and is_forgotten}
        gatherings = list(Gathering.objects.filter(cohort=cohort, is_required=True, cancelled_at=None))
        days = _days_by_gathering(cohort, {gathering.topic for gathering in gatherings})
        present = _present(people)
        made_up, waiting = _made_up(people)
        pitched = _pitched(people) if cohort.needs_pitch else set(people)
    today = clock.today()

    def remaining(person: UUID, gathering: Gathering) -> Remaining | None:
        if person in done:
            return None
        own = days[gathering.topic].get(gathering.pk, [])
        past = [day for day in own if day.on < today]
        missed = sum(day.pk not in present[person] for day in past)
        if (person, gathering.pk) in made_up or _is_attended(days[gathering.topic], present[person], gathering, cohort):
            return None
        return Remaining(
            gathering=gathering,
            missed=missed,
            is_past=len(past) == len(own) and bool(own),
            waits=(person, gathering.pk) in waiting,
        )

    found = {}
    for person in people:
        remains = tuple(left for gathering in gatherings if (left := remaining(person, gathering)) is not None)
        found[person] = Completion(
            attended=len(gatherings) - len(remains),
            required=len(gatherings),
            remains=remains,
            lacks_pitch=person not in pitched and person not in done,
        )
    return found


def _is_attended(
    same_topic: Mapping[UUID, Sequence[Day]], present: set[UUID], gathering: Gathering, cohort: Cohort
) -> bool:
    """Whether somebody was there on enough days of the gathering itself, or on all of the same topic's elsewhere."""
    for gathering_id, days in same_topic.items():
        if not days:
            continue
        may_miss = cohort.most_missed_days if gathering_id == gathering.pk else 0
        attended = sum(day.pk in present for day in days)
        if attended and attended >= len(days) - may_miss:
            return True
    return False


def _days_by_gathering(cohort: Cohort, topics: set[str]) -> Mapping[str, dict[UUID, list[Day]]]:
    """Days of the same topics in every cohort of the programme, by topic and gathering."""
    found: dict[str, dict[UUID, list[Day]]] = defaultdict(lambda: defaultdict(list))
    rows = Day.objects.filter(
        gathering__cohort__programme_id=cohort.programme_id,
        gathering__topic__in=topics,
        gathering__cancelled_at=None,
    ).select_related("gathering")
    for day in rows:
        found[day.gathering.topic][day.gathering_id].append(day)
    return found


def _present(people: Sequence[UUID]) -> Mapping[UUID, set[UUID]]:
    found: dict[UUID, set[UUID]] = defaultdict(set)
    rows = Attendance.objects.filter(enrolment_id__in=people, is_present=True)
    for enrolment_id, day_id in rows.values_list("enrolment_id", "day_id"):
        found[enrolment_id].add(day_id)
    return found


def _made_up(people: Sequence[UUID]) -> tuple[set[tuple[UUID, UUID]], set[tuple[UUID, UUID]]]:
    """Gatherings made up and accepted, and those that wait, by person and gathering."""
    accepted: set[tuple[UUID, UUID]] = set()
    waiting: set[tuple[UUID, UUID]] = set()
    rows = MakeUp.objects.filter(enrolment_id__in=people)
    for enrolment_id, gathering_id, accepted_at in rows.values_list("enrolment_id", "gathering_id", "accepted_at"):
        (waiting if accepted_at is None else accepted).add((enrolment_id, gathering_id))
    return accepted, waiting


def _pitched(people: Sequence[UUID]) -> set[UUID]:
    teams = Team.objects.filter(pitched_at__isnull=False, dissolved_at=None)
    rows = TeamMember.objects.filter(enrolment_id__in=people, team__in=teams)
    return set(rows.values_list("enrolment_id", flat=True))
