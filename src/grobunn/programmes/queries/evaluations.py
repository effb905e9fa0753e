"""Reads evaluations: when one is open, who is still to answer, and what is shown of what was answered."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from uuid import UUID

from django.db.models import Count
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from grobunn.kernel import clock
from grobunn.programmes.models import (
    Attendance,
    Cohort,
    Day,
    Enrolment,
    Evaluation,
    EvaluationAnswer,
    EvaluationGiven,
    Gathering,
)
from grobunn.programmes.states import HOLDS_A_PLACE

# Those who must go early can answer before they leave.
OPENS_BEFORE_END = timedelta(hours=1)
OPEN_DAYS = 28
# Nothing is shown of fewer, and nothing is added of fewer.
SMALLEST_STEP = 5
SCALE = (1, 2, 3, 4, 5)
ASKED: tuple[tuple[str, str | Promise], ...] = (
    ("useful", _("It is useful in my work")),
    ("learned", _("I learned something new")),
    ("well_run", _("It was well run")),
)


@dataclass(frozen=True)
class Window:
    """From when to when a gathering is evaluated."""

    opens_at: datetime
    closes_at: datetime

    @property
    def opens_on(self) -> date:
        """The day on which it opens: the gathering's last."""
        return timezone.localdate(self.opens_at)

    @property
    def last_on(self) -> date:
        """The last day on which answers are taken."""
        return timezone.localdate(self.closes_at) - timedelta(days=1)

    @property
    def is_ahead(self) -> bool:
        """Whether it has not opened yet."""
        return clock.now() < self.opens_at

    @property
    def is_open(self) -> bool:
        """Whether answers are taken now."""
        return self.opens_at <= clock.now() < self.closes_at


@dataclass(frozen=True)
class Line:
    """What was answered to one question. Takes: counts, of each choice from 1 to 5."""

    label: str | Promise
    mean: float
    counts: tuple[int, ...]


@dataclass(frozen=True)
class Results:
    """What is shown of a gathering. Takes: texts, a question with what was written, in an order that tells nothing."""

    count: int
    lines: tuple[Line, ...]
    texts: tuple[tuple[str | Promise, tuple[str, ...]], ...]


def window_of(days: Sequence[Day]) -> Window | None:
    """The window of a gathering by its days, in order; None without days."""
    if not days:
        return None
    last = days[-1]
    closes_on = last.on + timedelta(days=OPEN_DAYS + 1)
    return Window(clock.at(last.on, last.ends) - OPENS_BEFORE_END, clock.at(closes_on, time.min))


def windows_of(gatherings: Collection[UUID]) -> Mapping[UUID, Window]:
    """The windows of gatherings that have days. One SQL."""
    days: dict[UUID, list[Day]] = defaultdict(list)
    for day in Day.objects.filter(gathering__in=gatherings).order_by("on", "starts"):
        days[day.gathering_id].append(day)
    return {gathering: window for gathering, its in days.items() if (window := window_of(its)) is not None}


def was_there(enrolment: Enrolment, gathering: Gathering) -> bool:
    """Whether somebody was there on a day of a gathering."""
    return Attendance.objects.filter(enrolment=enrolment, day__gathering=gathering, is_present=True).exists()


def has_answered(enrolment: Enrolment, gathering: Gathering) -> bool:
    """Whether somebody has answered; known only until the evaluation is over."""
    return EvaluationGiven.objects.filter(enrolment=enrolment, gathering=gathering).exists()


def evaluation_of(gathering: Gathering) -> Evaluation:
    """What is asked of a gathering; as it is before anybody has said anything, where there is no row."""
    found = Evaluation.objects.filter(gathering=gathering).first()
    return found or Evaluation(gathering=gathering, municipality_id=gathering.municipality_id)


def to_evaluate(enrolment: Enrolment) -> list[Gathering]:
    """The gatherings that somebody attended, is asked about now, and has not answered. Two SQL; one for who never came.

    What was attended in another cohort is among them.
    """
    attended = Attendance.objects.filter(enrolment=enrolment, is_present=True)
    answered = EvaluationGiven.objects.filter(enrolment=enrolment).values("gathering_id")
    over = Evaluation.objects.filter(settled_at__isnull=False).values("gathering_id")
    rows = Gathering.objects.filter(pk__in=attended.values("day__gathering_id"), cancelled_at=None)
    found = list(rows.exclude(pk__in=answered).exclude(pk__in=over))
    windows = windows_of([each.pk for each in found]) if found else {}
    return [each for each in found if each.pk in windows and windows[each.pk].is_open]


def asked_of(gathering: Gathering) -> list[Enrolment]:
    """Those who were there and have not answered."""
    attended = Attendance.objects.filter(day__gathering=gathering, is_present=True)
    answered = EvaluationGiven.objects.filter(gathering=gathering)
    rows = Enrolment.objects.filter(pk__in=attended.values("enrolment_id"), state__in=HOLDS_A_PLACE)
    rows = rows.exclude(pk__in=answered.values("enrolment_id"))
    return list(rows.select_related("user", "cohort__programme__municipality").order_by("id"))


def people_there(gatherings: Collection[UUID]) -> Mapping[UUID, int]:
    """How many were at gatherings. One SQL."""
    rows = Attendance.objects.filter(day__gathering__in=gatherings, is_present=True)
    counted = rows.values_list("day__gathering_id").annotate(people=Count("enrolment_id", distinct=True))
    return dict(counted.order_by())


def results_of(gatherings: Collection[UUID]) -> Mapping[UUID, Results]:
    """What is shown of gatherings, of those where five or more are let in. Two SQL whatever their number."""
    own = {each.gathering_id: each for each in Evaluation.objects.filter(gathering__in=gatherings)}
    answers: dict[UUID, list[EvaluationAnswer]] = defaultdict(list)
    for answer in EvaluationAnswer.objects.filter(gathering__in=gatherings, is_shown=True):
        answers[answer.gathering_id].append(answer)
    return {
        gathering: _results(its, own.get(gathering)) for gathering, its in answers.items() if len(its) >= SMALLEST_STEP
    }


def pooled(results: Iterable[Results]) -> tuple[int, tuple[float, ...]]:
    """How many answers several results have together, and their means: made of what is shown, and of nothing else."""
    known = list(results)
    count = sum(each.count for each in known)
    means = (sum(each.lines[number].mean * each.count for each in known) / count for number in range(len(ASKED)))
    return count, tuple(means) if count else ()


def gatherings_by_topic(cohorts: Sequence[Cohort]) -> Mapping[str, list[Gathering]]:
    """The gatherings of several cohorts, by topic, in the order of the newest cohort."""
    found: dict[str, list[Gathering]] = defaultdict(list)
    rows = Gathering.objects.filter(cohort__in=cohorts, cancelled_at=None).order_by("-cohort__made_at", "position")
    for gathering in rows:
        found[gathering.topic].append(gathering)
    return found


def _results(answers: Sequence[EvaluationAnswer], own: Evaluation | None) -> Results:
    written: list[tuple[str, str | Promise]] = [("best", _("What was best?")), ("better", _("What would you change?"))]
    if own is not None:
        written += [("own_first", own.first_question), ("own_second", own.second_question)]
    texts = ((question, _shuffled(answers, name)) for name, question in written if question)
    return Results(
        count=len(answers),
        lines=tuple(_line(label, [getattr(each, name) for each in answers]) for name, label in ASKED),
        texts=tuple((question, said) for question, said in texts if said),
    )


def _line(label: str | Promise, chosen: Sequence[int]) -> Line:
    return Line(label, sum(chosen) / len(chosen), tuple(chosen.count(choice) for choice in SCALE))


def _shuffled(answers: Sequence[EvaluationAnswer], name: str) -> tuple[str, ...]:
    """What was written to one question, in an order of its own: no two texts can be told to be of one answer."""
    in_order = sorted(answers, key=lambda each: sha256(f"{name}:{each.pk}".encode()).digest())
    return tuple(text for each in in_order if (text := getattr(each, name)))
