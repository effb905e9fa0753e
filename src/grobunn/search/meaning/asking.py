"""What somebody writes, as a vector: quickly, or not at all. Words answer alone when it would take too long."""

import os
import threading
import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple

import structlog
from django.conf import settings

from grobunn.search.meaning import languages, providers
from grobunn.search.meaning.embedder import EmbeddingFailed, Vectors
from grobunn.search.meaning.languages import Language
from grobunn.search.meaning.lens import Gauge
from grobunn.search.meaning.pace import Pace
from grobunn.search.meaning.parts import shortened
from grobunn.search.words import content_words

log = structlog.get_logger("grobunn.search")

# One word alone means too little: "skole" is near everything about schools.
_LEAST_WORDS = 2
_KEPT = 512
# The longest that a request waits for its turn, and what its text may be expected to take then; otherwise it is
# answered by words alone. Quiet, one core takes 0.03 s for ten words and 0.09 s for the longest text.
_TURN_SECONDS = 0.1
_LONGEST_SECONDS = 0.3
_AGAIN_SECONDS = 2.0


class Asked(NamedTuple):
    """A text as the model that answers understands it, and how to read cosines with it."""

    language: Language
    vector: Vectors
    gauge: Gauge


class _Recent:
    """The vectors of the last texts: whoever pauses, goes back or shows a page again is not embedded again."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._vectors: OrderedDict[tuple[int, str], Vectors] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: tuple[int, str]) -> Vectors | None:
        with self._lock:
            if key in self._vectors:
                self._vectors.move_to_end(key)
            return self._vectors.get(key)

    def keep(self, key: tuple[int, str], vector: Vectors) -> None:
        with self._lock:
            self._vectors[key] = vector
            while len(self._vectors) > self._most:
                self._vectors.popitem(last=False)


_recent = _Recent(_KEPT)
# So many texts are embedded at a time as this process has cores of its own.
_turns = threading.BoundedSemaphore(max(1, (os.cpu_count() or 1) // max(1, settings.ENVIRONMENT.web_workers)))
_pace = Pace(longest_seconds=_LONGEST_SECONDS, again_seconds=_AGAIN_SECONDS)
_somebody_waits = ContextVar("somebody waits", default=True)


def is_too_short(text: str) -> bool:
    """Whether a text has so few words that it means too little."""
    return len(content_words(text, limit=_LEAST_WORDS)) < _LEAST_WORDS


def asked(text: str) -> Asked | None:
    """A text as the model understands it.

    Returns: None where meaning is off or not ready, where the text says too little, and when it would take too long.
    """
    embedder = providers.chosen()
    if embedder is None or is_too_short(text):
        return None
    language = languages.answering(embedder)
    if language is None:
        return None
    vector = _vector(shortened(text), language)
    return None if vector is None else Asked(language, vector, language.lens.gauge(vector))


@contextmanager
def patient() -> Iterator[None]:
    """Answer however long it takes, for as long as this lasts: nobody waits for what a job or an evaluation asks."""
    before = _somebody_waits.set(False)
    try:
        yield
    finally:
        _somebody_waits.reset(before)


def _vector(text: str, language: Language) -> Vectors | None:
    key = (language.id, text)
    known = _recent.get(key)
    if known is not None:
        return known
    # A service elsewhere has a time limit of its own.
    somebody_waits = _somebody_waits.get()
    is_timed = somebody_waits and not language.embedder.is_elsewhere
    if is_timed and not _pace.allows(text):
        log.info("answered by words alone: the model is slow")
        return None
    if not _turns.acquire(timeout=_TURN_SECONDS if somebody_waits else -1):
        log.info("answered by words alone: the model is busy")
        return None
    began = time.perf_counter()
    try:
        vector: Vectors = language.lens.through(language.embedder.encode([text], kind="query"))[0]
    except EmbeddingFailed as error:
        log.warning("answered by words alone", reason=str(error))
        return None
    finally:
        _turns.release()
    if is_timed:
        _pace.took(text, seconds=time.perf_counter() - began)
    _recent.keep(key, vector)
    return vector
