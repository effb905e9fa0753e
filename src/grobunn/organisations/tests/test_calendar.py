from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grobunn.organisations.calendar import add_working_days, is_working_day, working_days_between

days = st.dates(min_value=date(2015, 1, 1), max_value=date(2040, 12, 31))


@pytest.mark.parametrize(
    ("on", "count", "expected"),
    [
        (date(2026, 3, 27), 5, date(2026, 4, 8)),  # across Easter: 2, 3 and 6 April are holidays
        (date(2027, 5, 14), 1, date(2027, 5, 18)),  # 17 May and Whit Monday fall on one day
        (date(2026, 4, 30), 1, date(2026, 5, 4)),  # 1 May is a Friday
        (date(2026, 12, 23), 2, date(2026, 12, 28)),  # Christmas Eve is a working day by law
        (date(2026, 11, 20), 10, date(2026, 12, 4)),
    ],
)
def test_add_working_days_across_holidays_skips_them(on: date, count: int, expected: date) -> None:
    assert add_working_days(on, count) == expected


def test_add_working_days_of_zero_gives_first_working_day() -> None:
    assert add_working_days(date(2026, 11, 21), 0) == date(2026, 11, 23)
    assert add_working_days(date(2026, 11, 23), 0) == date(2026, 11, 23)


def test_add_working_days_backwards_is_refused() -> None:
    with pytest.raises(ValueError, match="forwards"):
        add_working_days(date(2026, 11, 20), -1)


@given(on=days, count=st.integers(min_value=1, max_value=60))
def test_working_days_between_undoes_add(on: date, count: int) -> None:
    end = add_working_days(on, count)

    assert is_working_day(end)
    assert working_days_between(on, end) == count
    assert working_days_between(end, on) == -count


@given(start=days, first=st.integers(1, 30), second=st.integers(1, 30))
def test_add_working_days_in_two_steps_is_one_step(start: date, first: int, second: int) -> None:
    assert add_working_days(add_working_days(start, first), second) == add_working_days(start, first + second)
