"""National identity numbers in free text; every number here is computed, none is copied from anywhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grobunn.kernel.identity_numbers import find_national_identity_number


def numbered(stem: str) -> str | None:
    """Eleven digits with check digits from nine, or None where the serial number may not be used."""
    digits = stem
    for weights in ((3, 7, 6, 1, 8, 9, 4, 5, 2), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)):
        check = -sum(w * int(d) for w, d in zip(weights, digits, strict=True)) % 11
        if check == 10:
            return None
        digits += str(check)
    return digits


def first_number(date: str) -> str:
    """The first usable number of a date."""
    return next(n for n in (numbered(f"{date}{serial:03}") for serial in range(100, 999)) if n)


@pytest.mark.parametrize(
    "date",
    ["010180", "290200", "311299", "410180", "710180", "014180", "018180", "019280", "415280"],
    ids=["birth", "leap day", "last day", "D-number", "D-number 31st", "Nav", "Tenor", "Tenor December", "D and Nav"],
)
def test_number_of_every_kind_is_found(date: str) -> None:
    number = first_number(date)

    assert find_national_identity_number(f"Jeg heter Kari, {number}.")
    assert find_national_identity_number(f"{number[:6]} {number[6:]}")
    assert find_national_identity_number(f"{number[:6]}-{number[6:]}")
    assert find_national_identity_number(f"{number[:6]}\u00a0{number[6:]}")


@pytest.mark.parametrize(
    "date", ["000180", "320180", "300280", "011380", "720180", "016080", "019380", "310480"], ids=lambda date: date
)
def test_number_with_impossible_date_is_passed_over(date: str) -> None:
    assert not find_national_identity_number(first_number(date))


def test_every_single_wrong_digit_is_passed_over() -> None:
    number = first_number("010180")

    for position, digit in enumerate(number):
        wrong = number[:position] + str((int(digit) + 1) % 10) + number[position + 1 :]
        assert not find_national_identity_number(wrong)


@pytest.mark.parametrize("text", ["", "12345678901", "Ring 73 50 00 00", "2026-11-22 12:00", "942 110 464"])
def test_other_numbers_are_passed_over(text: str) -> None:
    assert not find_national_identity_number(text)


def test_number_inside_a_longer_number_is_passed_over() -> None:
    assert not find_national_identity_number(f"{first_number('010180')}7")


def test_full_width_digits_are_read() -> None:
    number = first_number("010180").translate({ord("0") + i: 0xFF10 + i for i in range(10)})

    assert find_national_identity_number(number)


@given(st.text())
def test_any_text_is_answered(text: str) -> None:
    assert find_national_identity_number(text) in {True, False}
