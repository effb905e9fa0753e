"""What turns texts into vectors must do. The rest of search speaks this and nothing more."""

from collections.abc import Sequence
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Kind = Literal["query", "passage"]


class EmbeddingFailed(RuntimeError):  # noqa: N818 -- named for what happened
    """No vectors were made; the message says why and holds no secret and no text."""


class Embedder(Protocol):
    """A language model.

    id: which model it is, in words that change whenever its vectors do. Vectors of two ids are never compared.
    dim: how many numbers a vector has.
    is_elsewhere: whether texts leave the installation.
    """

    @property
    def id(self) -> str: ...

    @property
    def dim(self) -> int: ...

    @property
    def is_elsewhere(self) -> bool: ...

    def encode(self, texts: Sequence[str], *, kind: Kind) -> Vectors:
        """A row of length 1 for each text, in order.

        Takes:  kind, "query" while somebody waits, "passage" for what is kept.
        Raises: EmbeddingFailed.
        """


def of_length_one(vectors: NDArray[np.floating[Any]]) -> Vectors:
    """Rows scaled to length 1; a row of zeros stays one."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled: Vectors = (vectors / np.where(lengths == 0, 1, lengths)).astype(np.float32)
    return scaled
