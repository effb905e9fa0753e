"""Gatherings with what was answered about them: of a cohort, and across the cohorts of a programme."""

from dataclasses import dataclass

from grobunn.programmes.models import Cohort, Evaluation, Gathering, Programme
from grobunn.programmes.queries.evaluations import (
    Results,
    Window,
    gatherings_by_topic,
    people_there,
    pooled,
    results_of,
    windows_of,
)


@dataclass(frozen=True)
class Evaluated:
    """A gathering with its evaluation. Takes: people, how many were there; results, None where nothing is shown."""

    gathering: Gathering
    window: Window | None
    people: int
    results: Results | None
    evaluation: Evaluation | None

    @property
    def is_over(self) -> bool:
        """Whether all that was answered is among the results."""
        return self.evaluation is not None and self.evaluation.settled_at is not None

    @property
    def is_ahead(self) -> bool:
        """Whether it has not opened."""
        return self.window is None or self.window.is_ahead

    @property
    def questions(self) -> list[str]:
        """What the facilitators ask beside the rest."""
        its = self.evaluation
        return [each for each in (its.first_question, its.second_question) if each] if its else []


@dataclass(frozen=True)
class TopicRow:
    """A topic across cohorts. Takes: means, of all its results together; each, the cohorts with their results."""

    title: str
    count: int
    means: tuple[float, ...]
    each: tuple[tuple[Cohort, Results], ...]


def evaluated_in(cohort: Cohort, *, only: Gathering | None = None) -> list[Evaluated]:
    """The gatherings of a cohort in order, those that are cancelled left out. The same SQL whatever their number.

    Takes: only, the one that is wanted, whether it is cancelled or not.
    """
    gatherings = [only] if only else list(Gathering.objects.filter(cohort=cohort, cancelled_at=None))
    ids = [each.pk for each in gatherings]
    windows, people, results = windows_of(ids), people_there(ids), results_of(ids)
    rows = {each.gathering_id: each for each in Evaluation.objects.filter(gathering__in=ids)}
    return [
        Evaluated(each, windows.get(each.pk), people.get(each.pk, 0), results.get(each.pk), rows.get(each.pk))
        for each in gatherings
    ]


def evaluated_across(programme: Programme) -> list[TopicRow]:
    """The topics of a programme that have results in a cohort. Four SQL whatever their number."""
    cohorts = list(Cohort.objects.filter(programme=programme).order_by("-made_at", "id"))
    by_id = {each.pk: each for each in cohorts}
    topics = gatherings_by_topic(cohorts)
    results = results_of([each.pk for its in topics.values() for each in its])
    rows = []
    for its in topics.values():
        each = tuple((by_id[one.cohort_id], results[one.pk]) for one in its if one.pk in results)
        if each:
            count, means = pooled(one for _cohort, one in each)
            rows.append(TopicRow(its[0].title, count, means, each))
    return rows
