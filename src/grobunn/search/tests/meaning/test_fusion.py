"""One score of two, and one order."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grobunn.kernel import ids
from grobunn.organisations.queries import regions
from grobunn.organisations.tests.factories import MunicipalityFactory
from grobunn.search.engine import scoring
from grobunn.search.engine.interface import Hit, Reader, Ref
from grobunn.search.meaning.fusion import in_order
from grobunn.search.meaning.weights import Weights, fused, of_one_word

_scores = st.floats(0, 1).map(lambda score: round(score, 3))
_weights = st.builds(Weights, words=st.floats(0, 1), lead=st.floats(0.3, 1))


def _hit(score: float, *, state_rank: int = 50, municipality_id: UUID | None = None, **fields: str) -> Hit:
    return Hit(
        ref=Ref("note", ids.new_id()),
        municipality_id=municipality_id or ids.new_id(),
        title="",
        url="",
        state="",
        state_rank=state_rank,
        score=score,
        **fields,
    )


@given(words=_scores, meaning=_scores, weights=_weights)
def test_fused_score_is_never_below_meaning_nor_above_both(words: float, meaning: float, weights: Weights) -> None:
    score = fused(words=words, meaning=meaning, weights=weights)

    assert meaning <= score <= max(words, meaning) + 0.001


@given(words=st.tuples(_scores, _scores), meaning=st.tuples(_scores, _scores), weights=_weights)
def test_fused_score_grows_with_either(
    words: tuple[float, float], meaning: tuple[float, float], weights: Weights
) -> None:
    low = fused(words=min(words), meaning=min(meaning), weights=weights)
    high = fused(words=max(words), meaning=max(meaning), weights=weights)

    assert low <= high + 0.001


def test_words_lead_where_nearly_all_match_and_only_correct_otherwise() -> None:
    weights = Weights(words=0.2, lead=0.6)

    assert fused(words=0.8, meaning=0.1, weights=weights) == 0.8
    assert fused(words=0.5, meaning=0.1, weights=weights) == 0.18


@given(words=st.tuples(_scores, _scores), meaning=st.tuples(_scores, _scores), weights=_weights, fit=st.floats(0, 0.9))
def test_of_a_question_both_speak_for_a_document(
    words: tuple[float, float], meaning: tuple[float, float], weights: Weights, fit: float
) -> None:
    low = fused(words=min(words), meaning=min(meaning), weights=weights, fit=fit)
    high = fused(words=max(words), meaning=max(meaning), weights=weights, fit=fit)

    assert 0 <= low <= high + 0.001 <= 1.001
    assert fused(words=max(words), meaning=max(meaning), weights=weights, fit=0) < scoring.SAME


def test_words_of_a_question_tell_which_of_two_documents_as_near_it_is_about() -> None:
    weights = Weights(words=0.2, lead=0.6)

    has_them, lacks_them = (fused(words=words, meaning=0.7, weights=weights, fit=0) for words in (0.4, 0.05))

    assert has_them > lacks_them + 0.05
    assert fused(words=0.4, meaning=0.7, weights=weights) == fused(words=0.05, meaning=0.7, weights=weights)


def test_one_word_is_related_at_most_and_only_where_it_tells_something() -> None:
    assert scoring.RELATED <= of_one_word(0.1) < of_one_word(0.2) < scoring.CLOSE
    assert of_one_word(0.05) < scoring.RELATED


@pytest.mark.django_db
def test_usable_comes_first_within_a_step_and_never_across_steps() -> None:
    same_idea, close_case, close_idea = _hit(0.9), _hit(0.61, state_rank=0), _hit(0.7)

    ordered = in_order([close_idea, close_case, same_idea], Reader())

    assert ordered == [same_idea, close_case, close_idea]


@pytest.mark.django_db
def test_most_alike_comes_first_where_nothing_is_close() -> None:
    remote_case, meant = _hit(0.41, state_rank=0), _hit(0.47)

    assert in_order([remote_case, meant], Reader()) == [meant, remote_case]


@pytest.mark.django_db
def test_own_municipality_weighs_a_little_and_one_as_large_less() -> None:
    own, alike = MunicipalityFactory(population=5_000), MunicipalityFactory(population=5_500)
    size = regions()[own.pk].size
    elsewhere = _hit(0.64)
    as_large = _hit(0.63, municipality_id=alike.pk, size=size)
    at_home = _hit(0.61, municipality_id=own.pk, size=size)

    ordered = in_order([elsewhere, as_large, at_home], Reader(municipality_id=own.pk))

    assert ordered == [at_home, as_large, elsewhere]
