"""The clock that tests move: days are a calendar's, hours are hours."""

from datetime import UTC, datetime

from grobunn.kernel import clock

# Half past eleven in the evening in Norway, in winter; half a year later summer time has come.
LATE = datetime(2026, 11, 22, 22, 30, tzinfo=UTC)


def test_days_keep_the_time_of_day_across_summer_time() -> None:
    with clock.moved_to(LATE), clock.moved_by(days=180):
        assert clock.now() == datetime(2027, 5, 21, 21, 30, tzinfo=UTC)
        assert (clock.today() - LATE.date()).days == 180


def test_hours_are_hours_across_summer_time() -> None:
    with clock.moved_to(datetime(2027, 3, 27, 22, 30, tzinfo=UTC)), clock.moved_by(days=1, hours=3):
        assert clock.now() == datetime(2027, 3, 29, 0, 30, tzinfo=UTC)
