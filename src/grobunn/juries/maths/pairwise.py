"""From comparisons of two at a time to an order: Bradley and Terry's model, and which two to ask about next. Pure.

The chance that i is found better than j is 1 / (1 + e^-(strength of i − strength of j)). Strengths have a prior around
zero, so that who has won everything has a strength still; an answer "equally good" is half of each.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
from numpy.typing import NDArray

from grobunn.juries.maths import Floats

Ints = NDArray[np.int64]
Pair = tuple[int, int]

# Entries of a panel are about as far apart as this, on the scale on which 1 apart is won by 73 of 100.
PRIOR = 2.0
# After so many rounds at random, neighbours meet.
RANDOM_ROUNDS = 3
_STEPS, _NEAR = 50, 1e-7
_ROUNDS = 25
# What is believed of somebody before they have answered: right in four of five, as firmly as ten answers say it.
_RIGHT, _WRONG = 8.0, 2.0


@dataclass(frozen=True)
class Compared:
    """One answer. Takes: left and right, entries by number; better, 1 for the left, 0 the right, 0.5 equally good;
    juror, who answered, by number.
    """

    left: int
    right: int
    better: float
    juror: int = 0


@dataclass(frozen=True)
class Strengths:
    """What comparisons say of each entry. Takes: errors, the standard errors; counts, how often each was compared."""

    values: Floats
    errors: Floats
    counts: Ints


def strengths(compared: Sequence[Compared], *, entries: int, weighs_reliability: bool = False) -> Strengths:
    """The strengths that are most likely, with their standard errors from the curvature there.

    Takes: weighs_reliability, whether answers of whoever often answers against all others count less; how much is
           shown to nobody.
    """
    left = np.array([each.left for each in compared], dtype=np.int64)
    right = np.array([each.right for each in compared], dtype=np.int64)
    better = np.array([each.better for each in compared], dtype=np.float64)
    if weighs_reliability and len(compared):
        better = _believed(left, right, better, np.array([each.juror for each in compared]), entries)
    values, hessian = _fitted(left, right, better, entries)
    errors = np.sqrt(np.diag(np.linalg.inv(hessian))) if entries else np.zeros(0)
    counts = np.bincount(left, minlength=entries) + np.bincount(right, minlength=entries)
    return Strengths(values=values, errors=errors, counts=counts)


def next_pairs(
    standing: Strengths, *, met: frozenset[frozenset[int]], wanted: int, seed: int, among: Sequence[int] | None = None
) -> list[Pair]:
    """The pairs to ask somebody about next, none of which they have answered.

    Takes:   met, the pairs that they have; among, the entries that are open to them, all where None.
    Returns: at most `wanted`, each entry in as few of them as can be: in the first rounds at random, later those who
             are about as strong, which is where an answer tells most.
    """
    pick = Random(seed)  # noqa: S311 -- nothing secret: the same pairs when the page is loaded again
    entries = list(range(len(standing.values)) if among is None else among)
    asked: set[frozenset[int]] = set(met)
    pairs: list[Pair] = []
    while len(pairs) < wanted:
        made = _round(standing, entries, asked, pick)
        if not made:
            break
        pairs += made
        asked |= {frozenset(pair) for pair in made}
    return pairs[:wanted]


def _round(standing: Strengths, entries: Sequence[int], asked: set[frozenset[int]], pick: Random) -> list[Pair]:
    """One round: everybody meets the next one in the order whom they have not met."""
    order = list(entries)
    pick.shuffle(order)
    if order and min(standing.counts[entry] for entry in order) >= RANDOM_ROUNDS:
        order.sort(key=lambda entry: -standing.values[entry])
    else:
        order.sort(key=lambda entry: int(standing.counts[entry]))
    pairs = []
    while order:
        first = order.pop(0)
        second = next((entry for entry in order if frozenset((first, entry)) not in asked), None)
        if second is not None:
            order.remove(second)
            pairs.append((first, second) if pick.random() < 0.5 else (second, first))
    pick.shuffle(pairs)
    return pairs


def _fitted(
    left: Ints, right: Ints, better: Floats, entries: int, *, start: Floats | None = None
) -> tuple[Floats, Floats]:
    """Newton's steps to the strengths that are most likely. Returns: them, and the negative of the curvature there."""
    values = np.zeros(entries) if start is None else start.copy()
    hessian = np.eye(entries) / PRIOR**2
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(values[right] - values[left]))
        slope = -values / PRIOR**2
        np.add.at(slope, left, better - chance)
        np.add.at(slope, right, chance - better)
        hessian = _curvature(left, right, chance * (1 - chance), entries)
        step = np.linalg.solve(hessian, slope)
        # Newton may overshoot where chances are extreme; a step of a few units is far.
        values += step * min(1.0, 3.0 / max(float(np.abs(step).max(initial=0)), _NEAR))
        if np.abs(step).max(initial=0) < _NEAR:
            break
    return values, hessian


def _curvature(left: Ints, right: Ints, weights: Floats, entries: int) -> Floats:
    hessian = np.eye(entries) / PRIOR**2
    np.add.at(hessian, (left, left), weights)
    np.add.at(hessian, (right, right), weights)
    np.add.at(hessian, (left, right), -weights)
    np.add.at(hessian, (right, left), -weights)
    return hessian


def _believed(left: Ints, right: Ints, better: Floats, jurors: Ints, entries: int) -> Floats:
    """The answers as far as whoever gave them is believed: what is surely wrong half the time says nothing (0.5)."""
    number = int(jurors.max()) + 1
    answers = np.bincount(jurors, minlength=number)
    right_share = np.full(number, _RIGHT / (_RIGHT + _WRONG))
    believed, values = better, None
    for _ in range(_ROUNDS):
        values, _hessian = _fitted(left, right, believed, entries, start=values)
        chance = 1 / (1 + np.exp(values[right] - values[left]))
        # How likely the answer is if it was meant, and if it was turned round.
        meant = right_share[jurors] * np.where(better >= 0.5, chance, 1 - chance)
        turned = (1 - right_share[jurors]) * np.where(better >= 0.5, 1 - chance, chance)
        sure = meant / (meant + turned)
        now = np.where(better == 0.5, 0.5, np.where(better > 0.5, sure, 1 - sure))
        right_share = (_RIGHT + np.bincount(jurors, weights=sure, minlength=number)) / (_RIGHT + _WRONG + answers)
        if np.abs(now - believed).max() < 1e-3:
            break
        believed = now
    return believed
