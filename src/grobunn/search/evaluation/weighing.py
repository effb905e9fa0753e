"""Which weights would serve better: tried on the project's ideas, and on what people here have said."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product

from grobunn.search.engine import ENGINE, scoring
from grobunn.search.engine.interface import Reader
from grobunn.search.evaluation.files import Question
from grobunn.search.evaluation.ground import Ground
from grobunn.search.meaning import asking, fusion
from grobunn.search.meaning.fusion import Weighed
from grobunn.search.meaning.weights import Weights, fused

_FOUND = 50
_WORDS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5)
_LEADS = (0.5, 0.56, 0.62, 0.68, 0.74, 0.8)
# What people said counts as much as the project's ideas when there are so many judgements.
_AS_MANY = 100
# Less than this is chance: what is in use stays.
_LEAST_GAIN = 0.002


@dataclass(frozen=True)
class Trial:
    """A question, with its answer's id and what was found, each by both measures."""

    answer: str
    found: tuple[tuple[str, Weighed], ...]


@dataclass(frozen=True)
class Judged:
    """What somebody said of two objects, and how alike they are by both measures."""

    words: float
    meaning: float
    is_alike: bool


@dataclass(frozen=True)
class Quality:
    """Takes: recall_at_1 and _5, mrr, on the project's ideas; agreement, with what people said, 0–1; judged, how often
    they said it.
    """

    recall_at_1: float
    recall_at_5: float
    mrr: float
    agreement: float
    judged: int

    @property
    def worth(self) -> float:
        """All of it in one number, to compare weights by."""
        share = self.judged / (self.judged + _AS_MANY)
        return (1 - share) * (self.mrr + self.recall_at_5) / 2 + share * self.agreement


def trials(questions: Sequence[Question], ground: Ground, *, tell: Callable[[int], object]) -> list[Trial]:
    """Ask every question once, for its candidates. A question that has no meaning is left out."""
    reader = Reader(municipality_id=ground.municipality_id)
    made = []
    for question in questions:
        asked = asking.asked(question.text)
        tell(1)
        if asked is None:
            continue
        by_words = ENGINE.alike(question.text, reader=reader, exclude=(), limit=_FOUND, least=scoring.RELATED)
        found = fusion.weighed(asked, by_words, reader=reader)
        made.append(Trial(question.answer, tuple((ground.id_of[each.hit.ref.id], each) for each in found)))
    return made


def quality(weights: Weights, *, tried: Sequence[Trial], judged: Sequence[Judged]) -> Quality:
    """How well some weights do."""
    ranks = [_rank(trial, weights) for trial in tried]
    count = max(1, len(ranks))
    return Quality(
        recall_at_1=sum(rank == 1 for rank in ranks) / count,
        recall_at_5=sum(1 <= rank <= 5 for rank in ranks) / count,
        mrr=sum(1 / rank for rank in ranks if rank) / count,
        agreement=sum(_agrees(each, weights) for each in judged) / max(1, len(judged)),
        judged=len(judged),
    )


def proposed(now: Weights, *, tried: Sequence[Trial], judged: Sequence[Judged]) -> Weights:
    """The weights that would serve best; those in use where none is better by more than chance."""
    choices = [Weights(words=words, lead=lead) for words, lead in product(_WORDS, _LEADS)]
    best = max(choices, key=lambda weights: quality(weights, tried=tried, judged=judged).worth)
    gain = quality(best, tried=tried, judged=judged).worth - quality(now, tried=tried, judged=judged).worth
    return best if gain > _LEAST_GAIN else now


def _rank(trial: Trial, weights: Weights) -> int:
    """The place of the answer, from 1; 0 where it is not shown."""
    shown = {text_id: score for text_id, each in trial.found if (score := each.score(weights)) >= scoring.RELATED}
    own = shown.get(trial.answer)
    return 0 if own is None else 1 + sum(score > own for score in shown.values())


def _agrees(each: Judged, weights: Weights) -> float:
    score = fused(words=each.words, meaning=each.meaning, weights=weights)
    return score if each.is_alike else 1 - score
