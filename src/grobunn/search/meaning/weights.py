"""How much words count beside meaning: as it comes along, or as an operator has tuned it."""

from dataclasses import dataclass

from django.core.cache import caches

from grobunn.search.engine import scoring
from grobunn.search.models import TunedWeights

_KEY = "search.weights"
_KNOWN_SECONDS = 60


@dataclass(frozen=True)
class Weights:
    """Takes: words, how much of a higher score by words counts (0–1); lead, from which score words count in full."""

    words: float
    lead: float


# How much louder words speak of a question than of an idea, whose title says most; and where there is but one word.
# Found on the questions of NorQuAD (docs/search-evaluation.md).
_WORDS_OF_A_QUESTION, _ONE_WORD = 2.0, 4.0
_JUST_BELOW = 0.01

# Found on the development set; `grobunn search tune` proposes others.
AS_DELIVERED = Weights(words=0.2, lead=0.62)


def in_use() -> Weights:
    """The weights that serve users; no SQL when they were read in the last minute in this process."""
    known: Weights | None = caches["process"].get(_KEY)
    if known is None:
        row = TunedWeights.objects.first()
        known = AS_DELIVERED if row is None else Weights(words=row.words, lead=row.lead)
        caches["process"].set(_KEY, known, _KNOWN_SECONDS)
    return known


def forget_known() -> None:
    """Read them again at the next question in this process."""
    caches["process"].delete(_KEY)


def fused(*, words: float, meaning: float, weights: Weights, fit: float = 1.0) -> float:
    """One score of two. Of an idea it is between the one by meaning and the higher of both.

    Takes: fit, how far the one by meaning can be relied on: see `lens.Gauge`.
    """
    if words <= meaning:
        idea = meaning
    elif words >= weights.lead:
        idea = words
    else:
        idea = round(meaning + weights.words * (words - meaning), 3)
    return idea if fit >= 1 else round(fit * idea + (1 - fit) * _of_a_question(words, meaning), 3)


def of_one_word(words: float) -> float:
    """The score of a text that is one word, which means too little: related at most, where the word tells anything."""
    return max(words, _within(min(1.0, _ONE_WORD * words), below=scoring.CLOSE))


def _of_a_question(words: float, meaning: float) -> float:
    """Where steps of meaning say little both speak for a document, words the louder; none is the same as a question."""
    return _within(1 - (1 - meaning) * (1 - min(1.0, _WORDS_OF_A_QUESTION * words)), below=scoring.SAME)


def _within(evidence: float, *, below: float) -> float:
    """What is related or more, spread from there to just below a border."""
    if evidence < scoring.RELATED:
        return evidence
    reach = below - _JUST_BELOW - scoring.RELATED
    return round(scoring.RELATED + reach * (evidence - scoring.RELATED) / (1 - scoring.RELATED), 3)
