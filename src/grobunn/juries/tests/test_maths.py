"""Means, places, severity, stability and what would change the winner, on panels small enough to reckon by hand."""

import numpy as np
import pytest

from grobunn.juries.maths.means import best, means, places, spreads, totals
from grobunn.juries.maths.sensitivity import turns
from grobunn.juries.maths.severity import adjust, groups_of_jurors
from grobunn.juries.maths.stability import stability

NAN = np.nan


def test_total_is_the_weighted_mean_and_needs_every_criterion_that_counts():
    scores = np.array([[[1.0, 3.0, NAN], [5.0, NAN, 2.0]]])

    assert totals(scores, np.array([1.0, 3.0, 0.0])) == pytest.approx(np.array([[2.5, NAN]]), nan_ok=True)


def test_mean_and_spread_leave_out_who_did_not_score():
    given = np.array([[1.0, 3.0, NAN], [NAN, 2.0, NAN], [NAN, NAN, NAN]])

    assert means(given) == pytest.approx([2.0, 2.0, NAN], nan_ok=True)
    assert spreads(given) == pytest.approx([2**0.5, NAN, NAN], nan_ok=True)


def test_equal_results_share_a_place():
    results = np.array([3.0, 5.0, NAN, 3.0 + 1e-12, 1.0])

    assert places(results) == pytest.approx([2, 1, NAN, 2, 4], nan_ok=True)
    assert best(results).tolist() == [False, True, False, False, False]


def test_a_juror_who_gives_one_more_is_corrected_for():
    # The second juror gives exactly one more than the first; the third entry was only seen by the second.
    found = adjust(np.array([[3.0, 4.0], [1.0, 2.0], [NAN, 5.0], [4.0, NAN]]))

    assert found.effects == pytest.approx([-0.5, 0.5])
    assert found.estimates == pytest.approx([3.5, 1.5, 4.5, 4.5])
    assert found.residual == pytest.approx(0)
    assert found.freedom == 1


def test_groups_who_share_no_entry_are_not_corrected_against_each_other():
    given = np.array([[5.0, 4.0, NAN, NAN], [3.0, 2.0, NAN, NAN], [NAN, NAN, 1.0, NAN], [NAN, NAN, NAN, NAN]])

    found = adjust(given)

    assert found.juror_groups.tolist() == [0, 0, 1, -1]
    assert found.entry_groups.tolist() == [0, 0, 1, -1]
    assert found.groups == 2
    assert found.estimates == pytest.approx([4.5, 2.5, 1.0, NAN], nan_ok=True)
    # Of who shares no entry with anybody, nothing is said.
    assert found.effects == pytest.approx([0.5, -0.5, NAN, NAN], nan_ok=True)


def test_a_chain_of_jurors_is_one_group():
    there = np.array([[1, 0, 0, 1], [0, 1, 1, 0], [1, 1, 0, 0]], dtype=bool)

    assert groups_of_jurors(there).tolist() == [0, 0, 0, 0]


def test_one_score_says_nothing_of_how_sure_it_is():
    found = adjust(np.array([[4.0, NAN]]))

    assert found.estimates == pytest.approx([4.0])
    assert found.freedom == 0
    assert np.isnan(found.errors).all()
    assert np.isnan(stability(found, is_adjusted=True).first).all()


def test_nothing_scored_gives_nothing():
    found = adjust(np.full((2, 3), NAN))

    assert np.isnan(found.estimates).all()
    assert found.groups == 0


@pytest.mark.parametrize("is_adjusted", [True, False])
def test_a_sure_winner_wins_in_all_draws_and_equals_share(is_adjusted):
    given = np.array([[6.0, 5.9, 6.0], [3.0, 3.1, 3.0], [3.1, 3.0, 3.0]])

    found = stability(adjust(given), is_adjusted=is_adjusted)

    assert found.first[0] == 1
    assert (found.lowest[0], found.highest[0]) == (1, 1)
    assert (found.lowest[1], found.highest[1]) == (2, 3)


def test_draws_are_the_same_each_time():
    given = np.random.default_rng(3).normal(3, 1, (9, 4))

    once, again = (stability(adjust(given), is_adjusted=True) for _time in range(2))

    assert once.first.tolist() == again.first.tolist()
    assert once.first.sum() == pytest.approx(1)


def test_the_weight_that_changes_the_winner_is_exact():
    # 4·1 + 2·1 = 6 against 3·1 + 2.5·1 = 5.5.
    by_criterion = np.array([[4.0, 2.0], [3.0, 2.5]])

    found = turns(by_criterion, np.array([1.0, 1.0]))

    assert [(turn.criterion, turn.entry, turn.change) for turn in found] == [(0, 1, -0.5), (1, 1, 1.0)]
    for turn in found:
        weights = np.array([1.0, 1.0])
        weights[turn.criterion] += turn.change
        level = by_criterion @ weights
        assert level[0] == pytest.approx(level[1])


def test_no_weight_changes_a_winner_who_is_best_at_everything():
    assert turns(np.array([[4.0, 4.0], [3.0, 3.0]]), np.array([1.0, 2.0])) == []


def test_a_weight_falls_no_further_than_it_is():
    # The second criterion would have to fall by 3.1 / 3, and is 1.
    assert turns(np.array([[4.0, 4.0], [3.9, 1.0]]), np.array([1.0, 1.0])) == []
    assert turns(np.array([[5.0], [4.0]]), np.array([1.0])) == []
