"""The lens: arithmetic on vectors."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grobunn.search.engine import scoring
from grobunn.search.meaning.embedder import of_length_one
from grobunn.search.meaning.lens import Gauge, Lens, fitted, packed, unpacked

_DIM = 24


def _made(seed: int = 1, *, pairs: int = 60) -> Lens:
    """A lens for a model whose vectors share a mean, and whose first four directions are mere wording."""
    rng = np.random.default_rng(seed)
    shift = np.linspace(1, 2, _DIM)
    matter = rng.standard_normal((pairs, _DIM))
    wordings = np.zeros((2, pairs, _DIM))
    wordings[:, :, :4] = 2 * rng.standard_normal((2, pairs, 4))
    texts = rng.standard_normal((200, _DIM)) + shift
    return fitted(
        texts=of_length_one(texts),
        wordings=[of_length_one(matter[n] + wordings[:, n] + shift) for n in range(pairs)],
    )


def test_lens_weighs_down_the_directions_of_wording_most() -> None:
    lens = _made()

    strongest = lens.directions[np.argsort(lens.factors)[:4]]
    share_in_wording = (strongest[:, :4] ** 2).sum() / (strongest**2).sum()

    assert share_in_wording > 0.9
    assert lens.factors.max() <= 0
    assert lens.factors.min() > -1


def test_lens_gives_vectors_of_length_one_and_centres_them() -> None:
    lens = _made()
    seen = lens.through(of_length_one(np.random.default_rng(5).standard_normal((50, _DIM)) + np.linspace(1, 2, _DIM)))

    assert np.allclose(np.linalg.norm(seen, axis=1), 1, atol=1e-5)
    assert np.abs(seen.mean(axis=0)).max() < 0.3


def test_lens_is_the_same_after_it_was_kept() -> None:
    lens = _made()
    vectors = of_length_one(np.random.default_rng(3).standard_normal((5, _DIM)))

    again = unpacked(packed(lens))

    assert np.allclose(again.through(vectors), lens.through(vectors), atol=2e-3)
    assert again.gauge(vectors[0]).mean == pytest.approx(lens.gauge(vectors[0]).mean, abs=2e-3)


def test_lens_is_fitted_where_a_model_has_more_numbers_than_there_are_pairs() -> None:
    lens = _made(pairs=10)

    assert lens.directions.shape == (10, _DIM)
    assert np.isfinite(lens.through(np.zeros((1, _DIM), np.float32))).all()


@given(mean=st.floats(-1, 1), spread=st.floats(0.001, 0.5), cosines=st.lists(st.floats(-1, 1), min_size=2, max_size=9))
def test_gauge_scores_grow_with_the_cosine_and_stay_within_0_and_1(
    mean: float, spread: float, cosines: list[float]
) -> None:
    gauge = Gauge(mean=mean, spread=spread)

    scores = [gauge.score(cosine) for cosine in sorted(cosines)]

    assert scores == sorted(scores)
    assert all(0 <= score <= 1 for score in scores)


@pytest.mark.parametrize(
    ("deviations", "score"),
    [(-3, 0.0), (0.8, scoring.RELATED), (2.75, scoring.CLOSE), (4.75, scoring.SAME), (12, 1.0)],
)
def test_gauge_calls_alike_what_stands_out(deviations: float, score: float) -> None:
    assert Gauge(mean=0.3, spread=0.05).score(0.3 + deviations * 0.05) == pytest.approx(score, abs=0.001)


def test_gauge_is_doubted_for_a_text_that_is_far_from_all_ideas() -> None:
    rng = np.random.default_rng(11)
    common = np.zeros(_DIM)
    common[0] = 2.0
    ideas = of_length_one(rng.standard_normal((200, _DIM)) / np.sqrt(_DIM) + common)
    nothing = np.zeros((0, _DIM), np.float32)
    lens = Lens(np.zeros(_DIM, np.float32), nothing, np.zeros(0, np.float32), ideas)

    def fit(towards_ideas: float) -> float:
        text = rng.standard_normal(_DIM) / np.sqrt(_DIM)
        text[0] = towards_ideas
        return lens.gauge(of_length_one(text[np.newaxis])[0]).fit

    assert fit(2.0) > 0.9
    assert fit(0.0) == 0.0


def test_lens_learns_from_every_wording_of_an_idea() -> None:
    rng = np.random.default_rng(8)
    texts = of_length_one(rng.standard_normal((100, _DIM)))
    ideas = rng.standard_normal((40, _DIM))
    translated = ideas.copy()
    translated[:, 0] += 3
    in_two = [of_length_one(np.stack([idea, idea + 0.01])) for idea in ideas]
    in_three = [
        of_length_one(np.stack([idea, idea + 0.01, other])) for idea, other in zip(ideas, translated, strict=True)
    ]

    seen_by_two, seen_by_three = (fitted(texts=texts, wordings=each) for each in (in_two, in_three))

    def nearness(lens: Lens) -> float:
        one, other = lens.through(of_length_one(ideas)), lens.through(of_length_one(translated))
        return float((one * other).sum(axis=1).mean())

    assert nearness(seen_by_three) > nearness(seen_by_two) + 0.05
