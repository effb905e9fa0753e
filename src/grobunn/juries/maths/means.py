"""Totals, means, spread and places, as given."""

import numpy as np

from grobunn.juries.maths import Floats, Truths

# Two results nearer than this are the same result: further digits come from the order of adding.
SAME = 1e-9


def totals(scores: Floats, weights: Floats) -> Floats:
    """What each juror gives each entry in all: the weighted mean of the criteria.

    Takes:   scores (E, J, C) on the scale of the criteria; weights (C,), at least one above 0.
    Returns: (E, J) on the same scale; NaN where a criterion with weight was not scored: half a form is not a judgement.
    """
    counted = weights > 0
    if not counted.any():
        return np.full(scores.shape[:2], np.nan)
    given: Floats = scores[:, :, counted] @ (weights[counted] / weights[counted].sum())
    return given


def means(given: Floats) -> Floats:
    """The mean of the jurors who scored. Takes: (E, J, …). Returns: (E, …), NaN where nobody did."""
    there = ~np.isnan(given)
    counts = there.sum(axis=1)
    sums = np.where(there, given, 0.0).sum(axis=1)
    return np.divide(sums, counts, out=np.full(sums.shape, np.nan), where=counts > 0)


def spreads(given: Floats) -> Floats:
    """How far jurors are apart, as standard deviation (n - 1). Takes: (E, J). Returns: (E,), NaN under two."""
    there = ~np.isnan(given)
    counts = there.sum(axis=1)
    away = np.where(there, given - means(given)[:, None], 0.0)
    squares = (away**2).sum(axis=1)
    found: Floats = np.sqrt(np.divide(squares, counts - 1, out=np.full(squares.shape, np.nan), where=counts > 1))
    return found


def places(results: Floats) -> Floats:
    """The place of each entry, 1 is best; equal results share one. Takes: (E,). Returns: (E,), NaN without result."""
    there = ~np.isnan(results)
    falling = -np.sort(-results[there])
    found = np.full(results.shape, np.nan)
    # How many are better by more than rounding, and one.
    found[there] = np.searchsorted(-falling, -results[there] - SAME, side="left") + 1
    return found


def best(results: Floats) -> Truths:
    """Which entries share the first place. Takes: (E,). Returns: (E,)."""
    first: Truths = places(results) == 1
    return first
