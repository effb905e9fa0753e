"""A circuit breaker: a service that fails several times running is left in peace for a while."""

import threading
import time
from collections.abc import Callable


class Breaker:
    """Counts failures in a row. After so many it is open, and one attempt is let through each time the pause is over.

    Takes: failures, how many in a row open it; pause_seconds, how long it stays so; clock, seconds that only grow.
    """

    def __init__(self, *, failures: int, pause_seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = failures
        self._pause_seconds = pause_seconds
        self._clock = clock
        self._failed = 0
        self._closed_at = 0.0
        self._lock = threading.Lock()

    def may_try(self) -> bool:
        """Whether to ask the service now."""
        with self._lock:
            if self._failed < self._most:
                return True
            if self._clock() < self._closed_at:
                return False
            self._closed_at = self._clock() + self._pause_seconds  # For this attempt alone.
            return True

    def succeeded(self) -> None:
        """The service answered."""
        with self._lock:
            self._failed = 0

    def failed(self) -> None:
        """The service did not answer, or not as it should."""
        with self._lock:
            self._failed += 1
            self._closed_at = self._clock() + self._pause_seconds
