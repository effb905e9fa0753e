"""How sure an order is: the panel again and again, as uncertain as its scores say, with the same dice each time."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from grobunn.juries.maths import Floats, Truths
from grobunn.juries.maths.severity import Adjusted

# Fewer where there are thousands of entries: nobody reads the share of wins of one of them in per cent.
_MOST_DRAWS, _FEWEST_DRAWS, _PLACES = 500, 100, 200_000
_SEED = 20_260_101


@dataclass(frozen=True)
class Stability:
    """How often each entry comes where. NaN for entries without result, and where there are too few scores to say.

    Takes: first (E,), how often it wins, 0 to 1; lowest and highest (E,), the places between which it comes nine times
           in ten, 1 is best.
    """

    first: Floats
    lowest: Floats
    highest: Floats


def stability(found: Adjusted, *, is_adjusted: bool, draws: int | None = None) -> Stability:
    """Places over draws from the results' covariance.

    Takes: is_adjusted, whether of the adjusted order: its errors go together through the jurors' effects; else of the
           order of means, where a juror's severity is part of what is given, not of what is uncertain; draws, None
           for as many as the number of entries allows.
    """
    scored = ~np.isnan(found.estimates)
    nothing = np.full(scored.shape, np.nan)
    if not scored.any() or np.isnan(found.residual):
        return Stability(nothing, nothing, nothing)
    count = draws or max(_FEWEST_DRAWS, min(_MOST_DRAWS, _PLACES // int(scored.sum())))
    places = _places(_draws(found, scored, is_adjusted=is_adjusted, draws=count))
    low, high = np.quantile(places, (0.05, 0.95), axis=0, method="nearest")
    first, lowest, highest = nothing.copy(), nothing.copy(), nothing.copy()
    first[scored] = (places == 1).mean(axis=0)
    lowest[scored], highest[scored] = low, high
    return Stability(first, lowest, highest)


def _draws(found: Adjusted, scored: Truths, *, is_adjusted: bool, draws: int) -> Floats:
    """Results as they might have been (D, E): own noise of each entry, and, adjusted, that of the jurors' effects."""
    dice = np.random.default_rng(_SEED)
    shares = found.shares[scored]
    own = np.sqrt((shares**2).sum(axis=1))
    drawn: Floats = dice.standard_normal((draws, len(own))) * own
    if not is_adjusted:
        return found.estimates[scored] + shares @ np.nan_to_num(found.effects) + found.residual * drawn
    effects = dice.standard_normal((draws, found.root.shape[1])) @ found.root.T
    return found.estimates[scored] + found.residual * (drawn - effects @ shares.T)


def _places(drawn: Floats) -> NDArray[np.int32]:
    order = np.argsort(-drawn, axis=1)
    places = np.empty(order.shape, dtype=np.int32)
    np.put_along_axis(places, order, np.arange(1, order.shape[1] + 1, dtype=np.int32)[None, :], axis=1)
    return places
