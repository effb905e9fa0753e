"""Readability: the figure that Björnsson's rule gives, and none for a text too short to tell."""

import pytest
from django.utils.translation import override

from grobunn.cases.lix import readability_of


def test_lix_is_words_in_a_sentence_and_the_share_of_long_words() -> None:
    # Two sentences of ten words each, in all four words of more than six letters: 10 + 20.
    text = (
        "Vi prøvde senger med sensorer på to rom i uker. Nattevaktene skrev ned hvem som ringte etter hjelp "
        "utenfor måltidene."
    )
    words = readability_of(text)

    assert (words.words, words.lix) == (20, 30)


def test_text_too_short_to_tell_has_no_figure() -> None:
    short = readability_of("Vi prøvde tre senger.")

    assert (short.words, short.lix, short.label, short.is_easy) == (4, None, "", True)


def test_lines_of_a_list_are_sentences_of_their_own() -> None:
    items = "\n".join(f"* Punkt {word} her nå" for word in ("en", "to", "tre", "fire", "fem", "seks"))

    assert readability_of(items).lix == 4


@pytest.mark.parametrize(("long_words", "label"), [(0, "very easy"), (4, "fairly heavy"), (10, "very heavy")])
def test_classes_are_named(long_words: int, label: str) -> None:
    words = ["kommunestyret"] * long_words + ["og"] * (20 - long_words)

    with override("en"):
        assert readability_of(" ".join(words) + ".").label == label
