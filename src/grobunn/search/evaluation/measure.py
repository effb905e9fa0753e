"""Asking every question in every setting, and counting."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.models import AnonymousUser

from grobunn.search.engine import ENGINE, scoring
from grobunn.search.engine.interface import Hit, Reader
from grobunn.search.evaluation.files import Question
from grobunn.search.evaluation.ground import Ground
from grobunn.search.meaning import asking, fusion
from grobunn.search.queries import similar

WORDS, MEANING, FUSED = "words", "meaning", "fused"
# A reader is shown five; one more page of them counts for the mean rank.
_SHOWN = 10

Found = Sequence[tuple[UUID, float]]


@dataclass(frozen=True)
class Figures:
    """Takes: n, how many questions; recall_at_1 and _5, the share whose answer stood first, among the first five; mrr,
    the mean of 1/rank.
    """

    n: int
    recall_at_1: float
    recall_at_5: float
    mrr: float


@dataclass(frozen=True)
class Unlike:
    """Takes: pairs, how many wrong answers were looked at; called_same, how many of them score as "same"."""

    pairs: int
    called_same: int

    @property
    def share(self) -> float:
        """How large a part is called the same that is not."""
        return self.called_same / self.pairs if self.pairs else 0.0


@dataclass(frozen=True)
class Measured:
    """One setting: figures by kind of question, and wrong answers."""

    by_kind: Mapping[str, Figures]
    unlike: Unlike


def settings_of(*, has_meaning: bool) -> dict[str, Callable[[str, Ground], Found]]:
    """The settings that can be tried, the one that serves users last."""
    if not has_meaning:
        return {WORDS: _by_words}
    return {WORDS: _by_words, MEANING: _by_meaning, FUSED: _as_served}


def measure(
    questions: Sequence[Question],
    ground: Ground,
    ask: Callable[[str, Ground], Found],
    *,
    tell: Callable[[int], object],
) -> Measured:
    """Ask every question in one setting."""
    ranks: dict[str, list[int]] = {}
    pairs = called_same = 0
    for question in questions:
        found = [(ground.id_of[object_id], score) for object_id, score in ask(question.text, ground)]
        ids = [text_id for text_id, _score in found]
        ranks.setdefault(question.kind, []).append(ids.index(question.answer) + 1 if question.answer in ids else 0)
        wrong = [score for text_id, score in found if text_id != question.answer]
        pairs += len(wrong)
        called_same += sum(score >= scoring.SAME for score in wrong)
        tell(1)
    return Measured(
        by_kind={kind: _figures(of_kind) for kind, of_kind in sorted(ranks.items())},
        unlike=Unlike(pairs=pairs, called_same=called_same),
    )


def _figures(ranks: Sequence[int]) -> Figures:
    """Takes: ranks, from 1; 0 where the answer was not among those shown."""
    count = len(ranks)
    return Figures(
        n=count,
        recall_at_1=sum(rank == 1 for rank in ranks) / count,
        recall_at_5=sum(1 <= rank <= 5 for rank in ranks) / count,
        mrr=sum(1 / rank for rank in ranks if rank) / count,
    )


def _by_words(text: str, ground: Ground) -> Found:
    hits = ENGINE.alike(text, reader=_reader(ground), exclude=(), limit=_SHOWN, least=scoring.RELATED)
    return _pairs(hits)


def _by_meaning(text: str, ground: Ground) -> Found:
    asked = asking.asked(text)
    if asked is None:
        return []
    reader = _reader(ground)
    hits = [hit for hit in fusion.fused_hits(asked, (), reader=reader) if hit.score >= scoring.RELATED]
    return _pairs(fusion.in_order(hits, reader)[:_SHOWN])


def _as_served(text: str, ground: Ground) -> Found:
    matches = similar(text, user=AnonymousUser(), municipality_id=ground.municipality_id, limit=_SHOWN)
    return [(match.id, match.score) for match in matches]


def _reader(ground: Ground) -> Reader:
    return Reader(municipality_id=ground.municipality_id)


def _pairs(hits: Sequence[Hit]) -> Found:
    return [(hit.ref.id, hit.score) for hit in hits]
