"""What correction for severity recovers of a known truth. To match: Kendall's tau .62 as given, .74 adjusted.

Seeds are fixed; the margins are about three standard deviations of what seeds give.
"""

import numpy as np
import pytest

from grobunn.juries.maths.means import means
from grobunn.juries.maths.severity import adjust
from grobunn.juries.tests.simulated import simulate, tau


def _taus(seeds=3, **panel):
    """Mean tau of the means as given and of the adjusted estimates, over seeds."""
    pairs = []
    for seed in range(seeds):
        quality, scores = simulate(seed, **panel)
        pairs.append((tau(quality, means(scores)), tau(quality, adjust(scores).estimates)))
    return tuple(float(value) for value in np.mean(pairs, axis=0))


def test_adjusting_recovers_what_severity_hid():
    raw, adjusted = _taus()

    assert raw == pytest.approx(0.63, abs=0.04)
    assert adjusted == pytest.approx(0.745, abs=0.02)


def test_adjusting_costs_little_where_nobody_is_severe():
    raw, adjusted = _taus(severity=0.0, scale=0.0)

    assert raw - 0.04 < adjusted <= raw


def test_everyone_scoring_all_leaves_the_mean_as_it_is():
    _quality, scores = simulate(1, entries=40, jurors=8, each=8)

    found = adjust(scores)

    assert found.estimates == pytest.approx(means(scores))
    assert found.groups == 1


@pytest.mark.parametrize("bridges", [0.05, 0.1])
def test_a_few_bridges_between_topics_are_enough(bridges):
    raw, adjusted = _taus(topics=10, shift=1.0, bridges=bridges)

    assert raw < 0.70
    assert adjusted > raw + 0.06
    assert adjusted > 0.74


def test_without_bridges_groups_are_told_and_little_is_gained():
    _quality, scores = simulate(0, topics=10, shift=1.0)
    raw, adjusted = _taus(topics=10, shift=1.0)
    _raw, bridged = _taus(topics=10, shift=1.0, bridges=0.05)

    assert adjust(scores).groups == 10
    # Nothing is moved between groups, so it does no harm; what a few bridges would give, it does not.
    assert raw - 0.01 < adjusted < bridged - 0.03


def test_correcting_across_groups_without_bridges_would_be_worse_than_not_correcting():
    """Why effects sum to zero within each group: the least squares that any solver gives takes topics for severity."""
    gains = []
    for seed in range(3):
        quality, scores = simulate(seed, entries=200, jurors=20, topics=5, shift=1.0)
        entry, juror = np.nonzero(~np.isnan(scores))
        design = np.zeros((len(entry), 220))
        design[np.arange(len(entry)), entry] = 1
        design[np.arange(len(entry)), 200 + juror] = 1
        given = scores[entry, juror]
        across = np.linalg.lstsq(design, given - given.mean(), rcond=None)[0][:200]
        gains.append(tau(quality, across) - tau(quality, means(scores)))

    assert np.mean(gains) < -0.03


def test_standard_errors_are_as_large_as_the_errors():
    """Without clipping and rounding, the estimates' errors over their standard errors have a spread of one."""
    dice = np.random.default_rng(7)
    quality, levels = dice.standard_normal(300), dice.standard_normal(12)
    levels -= levels.mean()
    scores = quality[:, None] + levels + dice.normal(0, 0.5, (300, 12))
    scores[dice.random(scores.shape) < 0.7] = np.nan
    found = adjust(scores)
    scored = ~np.isnan(found.estimates)

    assert found.residual == pytest.approx(0.5, rel=0.06)
    assert ((found.estimates - quality) / found.errors)[scored].std() == pytest.approx(1, abs=0.15)
    low, high = found.intervals()
    assert ((low <= quality) & (quality <= high))[scored].mean() == pytest.approx(0.95, abs=0.04)
    assert np.abs((found.effects - levels) / found.effect_errors).max() < 3.5
