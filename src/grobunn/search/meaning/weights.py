"""How much words count beside meaning: as it comes along, or as an operator has tuned it."""

from dataclasses import dataclass

from django.core.cache import caches

from grobunn.search.models import TunedWeights

_KEY = "search.weights"
_KNOWN_SECONDS = 60


@dataclass(frozen=True)
class Weights:
    """Takes: words, how much of a higher score by words counts (0–1); lead, from which score words count in full."""

    words: float
    lead: float


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


def fused(*, words: float, meaning: float, weights: Weights) -> float:
    """One score of two, between the one by meaning and the higher of both."""
    if words <= meaning:
        return meaning
    if words >= weights.lead:
        return words
    return round(meaning + weights.words * (words - meaning), 3)
