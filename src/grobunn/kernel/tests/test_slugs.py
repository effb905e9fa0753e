"""Addresses made of words."""

import pytest

from grobunn.kernel import slugs


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("Sørøya båtlag", "soroya-batlag"),
        ("Værøy & Ŋorga", "vaeroy-norga"),
        ("???", "ting"),
        ("a" * 50, "a" * 15),
        ("to ord og flere ord", "to-ord-og"),
    ],
)
def test_beginning_is_in_plain_letters_and_leaves_room_for_a_number(words: str, address: str) -> None:
    assert slugs.beginning(words, length=20, otherwise="ting") == address


def test_free_is_neither_taken_nor_reserved() -> None:
    assert slugs.free("buss", taken={"buss-2"}) == "buss"
    assert slugs.free("buss", taken={"buss-2"}, reserved={"buss"}) == "buss-3"
