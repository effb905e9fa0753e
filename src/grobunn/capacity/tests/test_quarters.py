"""Quarters: their names, their days, their arithmetic."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grobunn.capacity.quarters import Quarter, quarters_from
from grobunn.kernel import clock

QUARTERS = st.builds(Quarter, st.integers(2000, 2100), st.integers(1, 4))


@given(quarter=QUARTERS)
def test_quarter_is_read_back_from_its_code_and_from_each_of_its_days(quarter: Quarter) -> None:
    assert Quarter.read(quarter.code) == quarter
    assert Quarter.of(quarter.first_day) == Quarter.of(quarter.last_day) == quarter
    assert Quarter.of(date.fromordinal(quarter.last_day.toordinal() + 1)) == quarter + 1


@given(quarter=QUARTERS, steps=st.integers(-40, 40))
def test_quarter_moved_and_counted_back_is_the_same_number_of_steps(quarter: Quarter, steps: int) -> None:
    assert (quarter + steps) - quarter == steps
    assert (quarter + steps) + -steps == quarter
    assert ((quarter + steps) > quarter) == (steps > 0)


@pytest.mark.parametrize("code", ["", "2026", "2026-5", "2026-0", "x-1", "2026-", "0-1", "99999-1", "-1-1", "2026-1-1"])
def test_code_that_names_no_quarter_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match=r"quarter|literal|year|range"):
        Quarter.read(code)


def test_days_left_counts_today_and_nothing_of_what_has_passed() -> None:
    with clock.moved_to(datetime(2026, 12, 31, 12, tzinfo=UTC)):
        now = Quarter.now()

        assert (now.code, now.days_left, (now + -1).days_left, (now + 1).days_left) == ("2026-4", 1, 0, 90)
        assert [each.code for each in quarters_from(now, 3)] == ["2026-4", "2027-1", "2027-2"]
