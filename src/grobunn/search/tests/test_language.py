"""The language of a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grobunn.organisations.tests.factories import MunicipalityFactory
from grobunn.search.engine import ENGINE
from grobunn.search.engine.interface import Reader, Wanted
from grobunn.search.language import language_of
from grobunn.search.tests.conftest import Notes


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Hvorfor ikke la ansatte låne sykler fra kommunen?", "nb"),
        ("Kvifor ikkje la dei tilsette låne syklar frå kommunen?", "nn"),
        ("Let the staff borrow bicycles when they visit us", "en"),
        ("Čáhci ja ruovttut leat deaŧalaččat min gielddas, ja mii háliidit šattuid", "se"),
        ("Sensorer i søppelkasser", "?"),
        ("Møte med The Beatles i biblioteket", "?"),
        ("", "?"),
    ],
)
def test_language_is_told_by_small_words(text: str, language: str) -> None:
    assert language_of(text, otherwise="?") == language


@given(st.text())
def test_any_text_has_a_language_or_keeps_its_own(text: str) -> None:
    assert language_of(text, otherwise="?") in {"nb", "nn", "en", "se", "?"}


@pytest.mark.django_db
def test_search_can_be_held_to_the_language_that_was_told(notes: Notes) -> None:
    municipality = MunicipalityFactory()
    notes.add("Syklar", municipality, text="Kvifor ikkje la dei tilsette låne syklar frå kommunen?")
    notes.add("Sykler", municipality, text="Hvorfor ikke la ansatte låne sykler fra kommunen?")

    found = ENGINE.find(Wanted(words="sykler", language="nn"), reader=Reader(), limit=5)

    assert [hit.title for hit in found] == ["Syklar"]
