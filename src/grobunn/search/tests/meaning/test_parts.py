"""Documents in stretches."""

from hypothesis import given
from hypothesis import strategies as st

from grobunn.search.meaning.parts import LENGTH, MOST, is_title_alone, parts_of, shortened


def test_document_is_its_title_alone_and_the_title_with_what_follows() -> None:
    assert parts_of("Flere benker", "De gamle orker ikke å gå så langt.") == [
        "Flere benker",
        "Flere benker. De gamle orker ikke å gå så langt.",
    ]


def test_title_alone_is_told_from_the_stretches() -> None:
    parts = parts_of("Flere benker", "De gamle orker ikke å gå så langt.")

    assert [is_title_alone(parts, number) for number in range(2)] == [True, False]
    assert not is_title_alone(parts_of("Flere benker", ""), 0)
    assert not is_title_alone(parts_of("Flere …", "Flere benker langs turveien. " + "De gamle orker ikke. " * 20), 0)


def test_title_that_was_made_of_the_text_is_said_once() -> None:
    assert parts_of("Flere benker langs …", "Flere benker langs turveien.") == ["Flere benker langs turveien."]


def test_long_document_is_parted_between_sentences() -> None:
    sentences = [f"Dette er setning nummer {number} av ganske mange i en lang tekst." for number in range(8)]

    alone, *parts = parts_of("Tittel", " ".join(sentences))

    assert alone == "Tittel"
    assert len(parts) > 1
    assert all(part.endswith(".") for part in parts)
    assert " ".join(parts) == f"Tittel. {' '.join(sentences)}"


def test_document_without_text_is_its_title_and_an_empty_one_is_nothing() -> None:
    assert parts_of("Bare en tittel", "") == ["Bare en tittel"]
    assert parts_of("", "") == []


@given(title=st.text(max_size=300), text=st.text(max_size=3000))
def test_parts_are_few_short_and_never_empty(title: str, text: str) -> None:
    parts = parts_of(title, text)

    assert len(parts) <= MOST
    assert all(0 < len(part) <= LENGTH for part in parts)


@given(text=st.text(max_size=1000))
def test_shortened_text_is_a_beginning(text: str) -> None:
    short = shortened(text)

    assert len(short) <= LENGTH
    assert " ".join(text.split()).startswith(short)
