"""What would change the winner: exact, because results are linear in the weights."""

from dataclasses import dataclass

import numpy as np

from grobunn.juries.maths import Floats
from grobunn.juries.maths.means import SAME


@dataclass(frozen=True)
class Turn:
    """The least move of one criterion's weight at which another entry wins.

    Takes: criterion and entry, places in the arrays: whose weight, and who comes level with the winner there;
           change, in weight, with its sign; 0 where two share the first place already.
    """

    criterion: int
    entry: int
    change: float


def turns(by_criterion: Floats, weights: Floats) -> list[Turn]:
    """For each criterion the least rise and fall of its weight that bring another entry level with the winner.

    The other criteria keep their weights. A weight does not fall below 0, nor all of them to it.

    Takes:   by_criterion (E, C), each entry's result on each criterion, on one scale; NaN rows are left out.
             weights (C,), at least one above 0.
    Returns: in the order of criteria, falls before rises; empty where nothing can change the winner.
    """
    counted = weights > 0
    there = np.flatnonzero(~np.isnan(by_criterion[:, counted]).any(axis=1))
    if len(there) < 2 or not counted.any():
        return []
    inside = by_criterion[np.ix_(there, np.flatnonzero(counted))]
    results = inside @ weights[counted]
    winner = int(np.argmax(results))
    behind = np.maximum(results[winner] - results, 0.0)
    found = []
    for place, criterion in enumerate(np.flatnonzero(counted)):
        ahead = inside[winner, place] - inside[:, place]
        for sign in (-1.0, 1.0):
            turn = _nearest(behind, -sign * ahead, winner)
            if turn is None:
                continue
            entry, size = turn
            if sign < 0 and _empties(size, weights, int(criterion)):
                continue
            found.append(Turn(int(criterion), int(there[entry]), sign * size))
    return found


def _nearest(behind: Floats, gains: Floats, winner: int) -> tuple[int, float] | None:
    """Who comes level first, and after how much, when each gains so much on the winner per unit of weight."""
    gaining = gains > SAME
    gaining[winner] = False
    if not gaining.any():
        return None
    sizes = np.full(behind.shape, np.inf)
    np.divide(behind, gains, out=sizes, where=gaining)
    entry = int(np.argmin(sizes))
    return entry, float(sizes[entry])


def _empties(size: float, weights: Floats, criterion: int) -> bool:
    """Whether a fall is more than there is: below 0, or to it where no other criterion counts."""
    left = weights[criterion] - size
    return left < -SAME or (left <= SAME and bool(np.delete(weights, criterion).max(initial=0.0) <= 0))
