"""A service that fails is left in peace."""

from grobunn.search.meaning.providers.breaker import Breaker


class _Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_breaker_opens_after_failures_in_a_row_and_lets_one_through_after_the_pause() -> None:
    clock = _Clock()
    breaker = Breaker(failures=2, pause_seconds=30, clock=clock)

    breaker.failed()
    assert breaker.may_try()
    breaker.failed()
    assert not breaker.may_try()
    clock.now = 31
    assert breaker.may_try()
    assert not breaker.may_try()


def test_breaker_closes_when_the_service_answers() -> None:
    breaker = Breaker(failures=2, pause_seconds=30, clock=_Clock())

    breaker.failed()
    breaker.succeeded()
    breaker.failed()

    assert breaker.may_try()
