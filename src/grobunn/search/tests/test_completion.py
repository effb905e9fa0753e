"""What somebody types, completed and put right."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grobunn.search.completion import completed, corrected, edits


@pytest.mark.parametrize(
    ("prefix", "title", "expected"),
    [
        ("sens", "Sensorer i søppelkasser", "sensorer"),
        ("Sensorer i søp", "Sensorer i søppelkasser", "Sensorer i søppelkasser"),
        ("gode SØP", "Sensorer i Søppelkasser", "gode SØPpelkasser"),
        ("sens ", "Sensorer i søppelkasser", ""),
        ("s", "Sensorer", ""),
        ("buss", "Sensorer", ""),
        ("", "Sensorer", ""),
        ("čáh", "Čáhci ruovttus", "čáhci"),
    ],
)
def test_last_word_is_completed_by_the_title(prefix: str, title: str, expected: str) -> None:
    assert completed(prefix, title) == expected


@pytest.mark.parametrize(
    ("words", "known", "expected"),
    [
        ("sensorrer i søpelkasser", (), "sensorer i søppelkasser"),
        ("sensorer søpelkasser", ("sensorer",), "sensorer søppelkasser"),
        ("sensorer", (), ""),
        ("søpelkasser", ("søpelkasser",), ""),
        ("flyplass", (), ""),
        ("", (), ""),
    ],
)
def test_words_are_put_right_by_titles(words: str, known: tuple[str, ...], expected: str) -> None:
    assert corrected(words, known=known, titles=["Sensorer i søppelkasser", "Buss"]) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("", "", 0),
        ("buss", "buss", 0),
        ("buss", "bus", 1),
        ("buss", "busssen", 3),
        ("ubss", "buss", 1),
        ("a", "xyzw", 3),
    ],
)
def test_edits_are_counted_up_to_the_most(one: str, other: str, expected: int) -> None:
    assert edits(one, other, most=2) == min(expected, 3)


@given(st.text(max_size=12), st.text(max_size=12))
def test_edits_are_the_same_either_way(one: str, other: str) -> None:
    assert edits(one, other, most=20) == edits(other, one, most=20)


@given(st.text(), st.lists(st.text(), max_size=4))
def test_any_text_is_completed_and_put_right(words: str, titles: list[str]) -> None:
    assert isinstance(completed(words, "".join(titles)), str)
    assert corrected(words, known=(), titles=titles) != words or not words
