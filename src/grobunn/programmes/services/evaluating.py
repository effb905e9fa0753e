"""Takes answers about a gathering, and lets them in among the results five or more at a time."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from random import SystemRandom

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _
from django_scopes import scope, scopes_disabled

from grobunn.kernel import clock, permissions
from grobunn.kernel.actors import Actor
from grobunn.kernel.statemachine import TransitionRefused
from grobunn.programmes.models import Day, Enrolment, Evaluation, EvaluationAnswer, EvaluationGiven, Gathering
from grobunn.programmes.queries.evaluations import OPEN_DAYS, SMALLEST_STEP, was_there, windows_of

_random = SystemRandom()


class EvaluationIsClosed(TransitionRefused):
    """The evaluation is not open now."""


class AlreadyAnswered(TransitionRefused):
    """The person has answered; an answer cannot be found again, so that it cannot be changed either."""


@dataclass(frozen=True)
class Said:
    """What somebody answers. Takes: numbers from 1 to 5; texts that may be empty."""

    useful: int
    learned: int
    well_run: int
    best: str = ""
    better: str = ""
    own_first: str = ""
    own_second: str = ""


def give_evaluation(gathering: Gathering, enrolment: Enrolment, said: Said, *, actor: Actor) -> None:
    """Keep what somebody answers, and apart from it that they have.

    Raises:  EvaluationIsClosed, also for who was not there; AlreadyAnswered; PermissionDenied.
    Effects: rows, without history or audit: those would say who, and when.
    """
    permissions.check("programmes.evaluate", actor, enrolment)
    with transaction.atomic(), scope(municipality=gathering.municipality_id):
        evaluation = _locked(gathering)
        _check_open(evaluation)
        if not was_there(enrolment, gathering):
            raise EvaluationIsClosed(_("This is for those who were there. Ask to be put on the list if you were."))
        _given, is_new = EvaluationGiven.objects.get_or_create(
            gathering=gathering, enrolment=enrolment, defaults={"municipality_id": gathering.municipality_id}
        )
        if not is_new:
            raise AlreadyAnswered(_("You have answered already. What you sent first is what counts."))
        EvaluationAnswer.objects.create(municipality_id=gathering.municipality_id, gathering=gathering, **asdict(said))
        _let_in(gathering)


def set_questions(gathering: Gathering, *, first: str, second: str, actor: Actor) -> None:
    """Ask something of one's own; until the evaluation opens, so that every answer is to the same question.

    Raises:  EvaluationIsClosed; PermissionDenied.
    Effects: row.
    """
    permissions.check("programmes.facilitate", actor, gathering)
    with transaction.atomic(), scope(municipality=gathering.municipality_id):
        evaluation = _locked(gathering)
        window = windows_of([gathering.pk]).get(gathering.pk)
        if evaluation.settled_at is not None or (window is not None and not window.is_ahead):
            raise EvaluationIsClosed(_("The evaluation has opened: what is asked cannot be changed any more."))
        questions = [each for each in (first.strip(), second.strip()) if each]
        evaluation.first_question, evaluation.second_question = (*questions, "", "")[:2]
        evaluation.save(update_fields=["first_question", "second_question"])


def settle_evaluations() -> int:
    """End the evaluations whose time is over. Returns: how many. Effects: rows; safe to repeat."""
    before = clock.today() - timedelta(days=OPEN_DAYS)
    with scopes_disabled():
        last = Day.objects.values("gathering").annotate(last=Max("on")).filter(last__lt=before)
        over = Evaluation.objects.filter(settled_at=None, gathering__in=last.values("gathering"))
        found = list(over.select_related("gathering"))
    for evaluation in found:
        with transaction.atomic(), scope(municipality=evaluation.municipality_id):
            _settle(_locked(evaluation.gathering))
    return len(found)


def _check_open(evaluation: Evaluation) -> None:
    """Raises: EvaluationIsClosed."""
    gathering = evaluation.gathering
    window = windows_of([gathering.pk]).get(gathering.pk)
    is_open = window is not None and window.is_open and evaluation.settled_at is None
    if not is_open or gathering.cancelled_at is not None:
        raise EvaluationIsClosed(_("The evaluation of this gathering is not open now."))


def _locked(gathering: Gathering) -> Evaluation:
    """The row of an evaluation, made where there is none, so that everybody else who answers waits."""
    made, _is_new = Evaluation.objects.get_or_create(
        gathering=gathering, defaults={"municipality_id": gathering.municipality_id}
    )
    evaluation = Evaluation.objects.select_for_update(of=("self",)).get(pk=made.pk)
    evaluation.gathering = gathering
    return evaluation


def _let_in(gathering: Gathering) -> None:
    """Show five answers more when five others then still wait.

    Whoever compares the results before and after learns of five together, and cannot tell which five: they are drawn
    among those that wait. As five always wait, those shown last of all are five or more too.
    """
    waiting = list(EvaluationAnswer.objects.filter(gathering=gathering, is_shown=False).values_list("pk", flat=True))
    if len(waiting) >= 2 * SMALLEST_STEP:
        drawn = _random.sample(waiting, SMALLEST_STEP)
        EvaluationAnswer.objects.filter(pk__in=drawn).update(is_shown=True)


def _settle(evaluation: Evaluation) -> None:
    """Show all that was answered; of fewer than five nothing is kept. Who has answered is forgotten."""
    answers = EvaluationAnswer.objects.filter(gathering=evaluation.gathering)
    kept = list(answers)
    answers.delete()
    EvaluationGiven.objects.filter(gathering=evaluation.gathering).delete()
    if len(kept) >= SMALLEST_STEP:
        EvaluationAnswer.objects.bulk_create(_anew(kept))
    evaluation.settled_at = clock.now()
    evaluation.save(update_fields=["settled_at"])


def _anew(answers: Sequence[EvaluationAnswer]) -> list[EvaluationAnswer]:
    """The same answers as new rows in another order: neither their ids nor where they lie tell when they came."""
    rows = [
        EvaluationAnswer(
            municipality_id=each.municipality_id,
            gathering_id=each.gathering_id,
            is_shown=True,
            **{name: getattr(each, name) for name in Said.__dataclass_fields__},
        )
        for each in answers
    ]
    return sorted(rows, key=lambda each: each.pk)
