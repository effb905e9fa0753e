"""From idea to operation: how many come how far, how long each stage takes, and where things end.

Each step is a condition on rows that the reader may see, so that a number and the rows behind it are the same question.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import (
    Aggregate,
    Count,
    DateTimeField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
)
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from django_scopes import scopes_disabled

from grobunn.ideas.models import Idea
from grobunn.ideas.queries.ideas import visible_to
from grobunn.ideas.states import IdeaState
from grobunn.initiatives.models import Feed, Initiative
from grobunn.initiatives.states import InitiativeState
from grobunn.kernel.actors import Actor
from grobunn.kernel.models import StateChange
from grobunn.methods.stages import Stage
from grobunn.portfolio.ages import Age, since_of
from grobunn.portfolio.asked import Asked
from grobunn.portfolio.columns import WORK


class Step(models.TextChoices):
    """A step from the first sentence to operation, and the ways in which things end. The value is its address."""

    RECEIVED = "mottatt", _("Ideas received")
    ANSWERED = "besvart", _("Ideas answered")
    CHOSEN = "valgt", _("Ideas that work began on")
    BEGUN = "startet", _("Initiatives begun")
    PILOT = "pilot", _("Came to a pilot")
    IMPLEMENT = "innforing", _("Came to implementation")
    OPERATION = "drift", _("Came into operation")


class End(models.TextChoices):
    """How something ended without coming into operation."""

    DECLINED = "nei", _("Ideas answered no")
    SOLVED = "lost", _("Ideas already solved")
    MERGED = "samlet", _("Ideas merged with another")
    WITHDRAWN = "trukket", _("Ideas withdrawn by the writer")
    PARKED = "parkert", _("Ideas parked, and still asleep")


OF_IDEAS = (Step.RECEIVED, Step.ANSWERED, Step.CHOSEN)
OF_INITIATIVES = (Step.BEGUN, Step.PILOT, Step.IMPLEMENT, Step.OPERATION)
_ENDED: Mapping[End, IdeaState] = {
    End.DECLINED: IdeaState.DECLINED,
    End.SOLVED: IdeaState.SOLVED,
    End.MERGED: IdeaState.MERGED,
    End.WITHDRAWN: IdeaState.WITHDRAWN,
    End.PARKED: IdeaState.PARKED,
}
# What has come so far has been in one of these, now or before.
_SO_FAR: Mapping[Step, tuple[str, ...]] = {
    Step.PILOT: (Stage.PILOT, Stage.IMPLEMENT, Stage.OPERATE, Stage.REALISE),
    Step.IMPLEMENT: (Stage.IMPLEMENT, Stage.OPERATE, Stage.REALISE),
}


class Median(Aggregate):
    """The value in the middle."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


@dataclass(frozen=True)
class Figure:
    """How long something took. Takes: median, None where nothing has come that far; count, of how many."""

    median: timedelta | None
    count: int


@dataclass(frozen=True)
class Funnel:
    """Everything that the page shows.

    Takes: stages, time in each stage of those that have left it; answering and starting, from an idea to its answer and
           to the beginning of work; learned, by the stage in which it ended; ages, of what is under way now.
    """

    steps: Mapping[Step, int]
    ends: Mapping[End, int]
    answering: Figure
    starting: Figure
    stages: Mapping[str, Figure]
    learned: Mapping[str, int]
    ages: Mapping[str, Mapping[Age, int]]


def ideas_in(actor: Actor, *, municipality_id: UUID, asked: Asked, since: datetime | None) -> QuerySet[Idea]:
    """The ideas of the period that the reader may see; narrowed by unit and by made-up examples alone."""
    with scopes_disabled():
        ideas = Idea.objects.filter(visible_to(actor), municipality_id=municipality_id)
        if since is not None:
            ideas = ideas.filter(submitted_at__gte=since)
        if asked.unit_ids is not None:
            ideas = ideas.filter(unit__in=asked.unit_ids)
        if asked.synthetic:
            ideas = ideas.filter(is_synthetic=asked.synthetic == "bare")
        return ideas


def begun_in(rows: QuerySet[Initiative], *, since: datetime | None) -> QuerySet[Initiative]:
    """The initiatives of the period."""
    return rows if since is None else rows.filter(started_at__gte=since)


def of_idea_step(step: str) -> Q | Exists:
    """What a step or an end asks of an idea."""
    if step in _ENDED:
        return Q(state=_ENDED[End(step)].value)
    if step == Step.ANSWERED:
        return Q(first_answered_at__isnull=False)
    if step == Step.CHOSEN:
        with scopes_disabled():
            return Exists(Feed.objects.filter(idea=OuterRef("pk")))
    return Q()


def of_initiative_step(step: str) -> Q:
    """What a step asks of an initiative."""
    history = StateChange.objects.filter(subject_id=OuterRef("pk"))
    in_operation = Q(state=InitiativeState.OPERATING) | Q(Exists(history.filter(edge="put_in_operation")))
    if step == Step.OPERATION:
        return in_operation
    stages = _SO_FAR.get(Step(step))
    if stages is None:
        return Q()
    return Q(stage__in=stages) | in_operation | Q(Exists(history.filter(before__stage__in=stages)))


def funnel(ideas: QuerySet[Idea], initiatives: QuerySet[Initiative]) -> Funnel:
    """The figures; six SQL. Takes: what came in in the period, and what began in it."""
    with scopes_disabled():
        of_ideas = ideas.aggregate(
            **{step.value: Count("pk", filter=Q(of_idea_step(step))) for step in (*OF_IDEAS, *End)},
            answering=Median(ExpressionWrapper(F("first_answered_at") - F("submitted_at"), DurationField())),
        )
        begun = initiatives.aggregate(
            **{step.value: Count("pk", filter=of_initiative_step(step)) for step in OF_INITIATIVES}
        )
        return Funnel(
            steps={step: (of_ideas if step in OF_IDEAS else begun)[step.value] for step in Step},
            ends={end: of_ideas[end.value] for end in End},
            answering=Figure(of_ideas["answering"], of_ideas[Step.ANSWERED.value]),
            starting=_starting(initiatives),
            stages=_stages(initiatives),
            learned=_learned(initiatives),
            ages=_ages(initiatives),
        )


def learned_in(initiatives: QuerySet[Initiative], stage: str) -> QuerySet[Initiative]:
    """What ended with learning out of a stage."""
    ended = StateChange.objects.filter(subject_id=OuterRef("pk"), edge="finish_learned", data__from_stage=stage)
    return initiatives.filter(Exists(ended), state=InitiativeState.LEARNED)


def _starting(initiatives: QuerySet[Initiative]) -> Figure:
    """From an idea to the beginning of the work that it feeds."""
    took = ExpressionWrapper(F("initiative__started_at") - F("idea__submitted_at"), DurationField())
    found = Feed.objects.filter(initiative__in=initiatives.values("pk")).aggregate(median=Median(took), n=Count("pk"))
    return Figure(found["median"], found["n"])


def _stages(initiatives: QuerySet[Initiative]) -> dict[str, Figure]:
    """From entering a stage to leaving it, whenever that was; each time counts, also a second."""
    left = StateChange.objects.filter(
        machine="initiatives", subject_id__in=initiatives.values("pk"), before__has_keys=["stage", "stage_since"]
    )
    since = Cast(KeyTextTransform("stage_since", "before"), DateTimeField())
    took = ExpressionWrapper(F("at") - since, DurationField())
    rows = left.annotate(stage=KeyTextTransform("stage", "before")).values("stage")
    return {row["stage"]: Figure(row["median"], row["n"]) for row in rows.annotate(median=Median(took), n=Count("pk"))}


def _learned(initiatives: QuerySet[Initiative]) -> dict[str, int]:
    ended = StateChange.objects.filter(
        edge="finish_learned", subject_id__in=initiatives.filter(state=InitiativeState.LEARNED).values("pk")
    )
    rows: Any = ended.annotate(stage=KeyTextTransform("from_stage", "data")).values_list("stage")
    return {stage: count for stage, count in rows.annotate(Count("subject_id", distinct=True)).order_by() if stage}


def _ages(initiatives: QuerySet[Initiative]) -> dict[str, dict[Age, int]]:
    under_way = initiatives.filter(state=InitiativeState.UNDERWAY)
    counts = {f"n{place}": Count("pk", filter=Q(**since_of(age))) for place, age in enumerate(Age)}
    rows: Any = under_way.values("stage").annotate(**counts).order_by()
    found = {row["stage"]: {age: row[f"n{place}"] for place, age in enumerate(Age)} for row in rows}
    return {column.value: found[column.value] for column in WORK if column.value in found}


def rows_of_ideas(ideas: QuerySet[Idea], step: str, *, most: int) -> Sequence[Idea]:
    """The ideas behind a number, newest first."""
    with scopes_disabled():
        return list(ideas.filter(of_idea_step(step)).select_related("unit").order_by("-submitted_at", "-id")[:most])


def rows_of_initiatives(initiatives: QuerySet[Initiative], step: str, *, most: int) -> Sequence[Initiative]:
    """The initiatives behind a number, newest first."""
    with scopes_disabled():
        found = initiatives.filter(of_initiative_step(step)).select_related("unit")
        return list(found.order_by("-started_at", "-id")[:most])
