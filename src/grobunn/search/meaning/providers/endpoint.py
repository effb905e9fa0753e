"""A service that speaks the embeddings part of OpenAI's interface, as most model servers do."""

from collections.abc import Mapping, Sequence
from typing import Any

import httpx
import numpy as np

from grobunn.search.meaning.embedder import EmbeddingFailed, Kind, Vectors, of_length_one
from grobunn.search.meaning.providers.breaker import Breaker

# While somebody waits a slow answer is worth less than the words' alone; in the background there is time.
_BACKGROUND_SECONDS = 60.0
_FAILURES = 3
_PAUSE_SECONDS = 30.0
_BATCH = 64


class Endpoint:
    """Texts as vectors by a service that the operator has named: the texts leave the installation for it.

    Takes: url, up to but without /embeddings; timeout_seconds, the longest that somebody who writes waits.
    """

    is_elsewhere = True

    def __init__(self, *, url: str, model: str, key: str, timeout_seconds: float) -> None:
        self._url = url.rstrip("/")
        self._model = model
        self._timeout_seconds = timeout_seconds
        self._dim = 0
        self._breaker = Breaker(failures=_FAILURES, pause_seconds=_PAUSE_SECONDS)
        self._client = httpx.Client(headers={"Authorization": f"Bearer {key}"} if key else {}, trust_env=False)

    @property
    def id(self) -> str:
        return f"endpoint {self._url} {self._model}"

    @property
    def dim(self) -> int:
        if not self._dim:
            self.encode(["?"], kind="passage")
        return self._dim

    def encode(self, texts: Sequence[str], *, kind: Kind) -> Vectors:
        """Vectors of texts; refused without asking for a while after several failures in a row."""
        if not texts:
            return np.zeros((0, self.dim), np.float32)
        timeout = self._timeout_seconds if kind == "query" else _BACKGROUND_SECONDS
        batches = [
            self._asked(texts[start : start + _BATCH], timeout=timeout) for start in range(0, len(texts), _BATCH)
        ]
        return of_length_one(np.vstack(batches))

    def _asked(self, texts: Sequence[str], *, timeout: float) -> Vectors:
        if not self._breaker.may_try():
            raise EmbeddingFailed(f"{self._url} failed a moment ago and is not asked again yet.")
        try:
            vectors = self._answer(texts, timeout=timeout)
        except (httpx.HTTPError, httpx.InvalidURL, ValueError, KeyError, TypeError) as error:
            self._breaker.failed()
            raise EmbeddingFailed(f"{self._url} gives no vectors: {_in_words(error)}") from error
        self._breaker.succeeded()
        return vectors

    def _answer(self, texts: Sequence[str], *, timeout: float) -> Vectors:
        answer = self._client.post(
            f"{self._url}/embeddings",
            json={"model": self._model, "input": list(texts), "encoding_format": "float"},
            timeout=timeout,
        )
        answer.raise_for_status()
        vectors = _vectors(answer.json(), wanted=len(texts))
        if self._dim and vectors.shape[1] != self._dim:
            raise ValueError(f"vectors of {vectors.shape[1]} numbers, {self._dim} before")
        self._dim = vectors.shape[1]
        return vectors


def _vectors(told: Mapping[str, Any], *, wanted: int) -> Vectors:
    rows = sorted(told["data"], key=lambda row: row["index"])
    if [row["index"] for row in rows] != list(range(wanted)):
        raise ValueError(f"{len(rows)} vectors for {wanted} texts")
    vectors: Vectors = np.array([row["embedding"] for row in rows], np.float32)
    if vectors.ndim != 2 or not vectors.shape[1] or not np.isfinite(vectors).all():
        raise ValueError("something else than vectors")
    return vectors


def _in_words(error: Exception) -> str:
    """What went wrong, without what was sent or received: that may be somebody's text."""
    if isinstance(error, httpx.HTTPStatusError):
        return f"it answers {error.response.status_code}"
    if isinstance(error, httpx.TimeoutException):
        return "it does not answer in time"
    if isinstance(error, httpx.HTTPError | httpx.InvalidURL):
        return f"it cannot be reached ({type(error).__name__})"
    return f"its answer cannot be used ({error})" if isinstance(error, ValueError) else "its answer cannot be used"
