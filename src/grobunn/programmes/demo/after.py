"""What comes after gatherings in the demonstration: what was thought of them, and a programme that follows."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import time, timedelta
from random import Random
from typing import Any

from grobunn.accounts.demo import key_of, person
from grobunn.kernel import clock
from grobunn.programmes.models import (
    Cohort,
    Enrolment,
    Evaluation,
    EvaluationAnswer,
    EvaluationGiven,
    Gathering,
    Programme,
)
from grobunn.programmes.queries.evaluations import SMALLEST_STEP, windows_of
from grobunn.programmes.services.changing import step
from grobunn.programmes.services.programmes import DayGiven, add_gathering, make_cohort

_MOST_ANSWERS = 60
_WITH_WORDS = 0.3


def tell_evaluations(gatherings: Sequence[Gathering], people: Sequence[Enrolment], told: Mapping[str, Any]) -> None:
    """Two in three of those without an account have answered; where it is still open, some of the answers wait."""
    windows = windows_of([gathering.pk for gathering in gatherings])
    people = [each for each in people if each.user_id is None][:_MOST_ANSWERS]
    for gathering in gatherings:
        window = windows[gathering.pk]
        if window.opens_on >= clock.today():
            continue
        drawn = Random(f"{gathering.topic}:{gathering.cohort_id}")  # noqa: S311 -- made up, and the same each time
        who = [each for each in people if drawn.random() < 2 / 3]
        shown = len(who) if not window.is_open else (len(who) // SMALLEST_STEP - 1) * SMALLEST_STEP
        answers = list(_answers(gathering, len(who), told, drawn))
        for answer in answers[:shown]:
            answer.is_shown = True
        EvaluationAnswer.objects.bulk_create(answers)
        Evaluation.objects.create(
            municipality_id=gathering.municipality_id,
            gathering=gathering,
            reminded_at=clock.now(),
            settled_at=None if window.is_open else window.closes_at,
        )
        if window.is_open:
            EvaluationGiven.objects.bulk_create(
                EvaluationGiven(municipality_id=gathering.municipality_id, gathering=gathering, enrolment=each)
                for each in who
            )


def open_next(programme: Programme, story: Mapping[str, Any]) -> None:
    """A cohort of a programme that follows, open to those who completed the one before."""
    key, adviser = key_of("cohorts", story["id"]), person("adviser")
    if Cohort.objects.filter(key=key).exists():
        return
    cohort = make_cohort(
        programme,
        name=story["name"],
        key=key,
        actor=adviser,
        places=story["places"],
        takes_alumni=True,
        is_synthetic=True,
    )
    day = DayGiven(clock.today() + timedelta(days=story["in_days"]), time(9), time(15))
    add_gathering(cohort, title=story["gathering"], days=[day], actor=adviser)
    step(cohort, "open", actor=adviser)


def _answers(gathering: Gathering, count: int, told: Mapping[str, Any], drawn: Random) -> Iterator[EvaluationAnswer]:
    best, better = (iter(drawn.sample(told[name], len(told[name]))) for name in ("best", "better"))
    for _person in range(count):
        useful, learned, well_run = (drawn.choices(range(1, 6), weights=(1, 2, 6, 14, 11))[0] for _asked in range(3))
        yield EvaluationAnswer(
            municipality_id=gathering.municipality_id,
            gathering=gathering,
            useful=useful,
            learned=learned,
            well_run=well_run,
            best=next(best, "") if drawn.random() < _WITH_WORDS else "",
            better=next(better, "") if drawn.random() < _WITH_WORDS else "",
        )
