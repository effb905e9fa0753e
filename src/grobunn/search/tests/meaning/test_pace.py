"""How long the model takes at the moment."""

from grobunn.search.meaning.pace import Pace

TEXT = "x" * 75


def _opened(clock: "Clock") -> Pace:
    """The pace of a model that has answered once."""
    pace = Pace(longest_seconds=0.3, again_seconds=2, clock=clock)
    pace.took(TEXT, seconds=0.03)
    return pace


class Clock:
    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


def test_text_is_allowed_before_anything_is_known() -> None:
    assert Pace(longest_seconds=0.3, again_seconds=2).allows(TEXT)


def test_long_text_is_refused_where_a_short_one_is_not() -> None:
    pace = _opened(Clock())
    pace.took(TEXT, seconds=0.25)

    assert pace.allows(TEXT)
    assert not pace.allows(3 * TEXT)


def test_slow_model_is_tried_once_after_a_while_and_used_again_when_it_is_quick() -> None:
    clock = Clock()
    pace = _opened(clock)
    pace.took(TEXT, seconds=0.4)

    at_once = pace.allows(TEXT)
    clock.seconds += 2
    after_a_while = [pace.allows(TEXT), pace.allows(TEXT)]
    pace.took(TEXT, seconds=0.03)

    assert (at_once, after_a_while, pace.allows(TEXT)) == (False, [True, False], True)


def test_one_slow_text_among_quick_ones_changes_nothing() -> None:
    pace = _opened(Clock())
    for seconds in (0.03, 0.03, 0.6):
        pace.took(TEXT, seconds=seconds)

    assert pace.allows(TEXT)


def test_opening_the_model_does_not_count() -> None:
    pace = Pace(longest_seconds=0.3, again_seconds=2, clock=Clock())
    pace.took(TEXT, seconds=9)

    assert pace.allows(3 * TEXT)
