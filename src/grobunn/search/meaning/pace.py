"""How long the model takes at the moment: on a machine with too much to do, words answer instead."""

import threading
import time
from collections.abc import Callable

# Every text costs as much as so many characters more.
_EVERY_TEXT = 25
# How much the last text counts beside those before it: what goes quickly again is believed sooner than what is slow.
_SLOWER, _QUICKER = 0.4, 0.8


class Pace:
    """What a character costs lately, in this process.

    Takes: longest_seconds, what a text may be expected to take; again_seconds, after how long a slow model is tried
           with one text, to see whether it is still slow; clock, seconds that only grow.
    """

    def __init__(
        self, *, longest_seconds: float, again_seconds: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._longest_seconds = longest_seconds
        self._again_seconds = again_seconds
        self._clock = clock
        self._a_character: float | None = None
        self._is_open = False
        self._looked_at = 0.0
        self._lock = threading.Lock()

    def allows(self, text: str) -> bool:
        """Whether a text is worth starting with."""
        with self._lock:
            if self._a_character is None or self._a_character * (len(text) + _EVERY_TEXT) <= self._longest_seconds:
                return True
            if self._clock() < self._looked_at + self._again_seconds:
                return False
            self._looked_at = self._clock()  # For this text alone.
            return True

    def took(self, text: str, *, seconds: float) -> None:
        """A text took so long. The first one is passed over: it has opened the model."""
        now = seconds / (len(text) + _EVERY_TEXT)
        with self._lock:
            before = self._a_character if self._a_character is not None else now
            weight = _SLOWER if now > before else _QUICKER
            self._a_character = before + weight * (now - before) if self._is_open else None
            self._is_open = True
            self._looked_at = self._clock()
