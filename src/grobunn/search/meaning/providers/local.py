"""A model of one's own, in a folder, run by sentence-transformers where the operator has installed that."""

from collections.abc import Sequence
from importlib import util
from pathlib import Path
from typing import Any

import numpy as np

from grobunn.search.meaning.embedder import EmbeddingFailed, Kind, Vectors, of_length_one

PACKAGE = "sentence_transformers"
_BATCH = 16


def is_installed() -> bool:
    """Whether sentence-transformers is here; it is no part of Grobunn."""
    return util.find_spec(PACKAGE) is not None


class SentenceTransformersModel:
    """Texts as vectors by a model in a folder of this machine. Nothing is fetched from anywhere."""

    is_elsewhere = False

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._model: Any = None

    @property
    def id(self) -> str:
        return f"local {self._folder}"

    @property
    def dim(self) -> int:
        return int(self._opened().get_sentence_embedding_dimension())

    def encode(self, texts: Sequence[str], *, kind: Kind) -> Vectors:
        """Vectors of texts, with the prompt that the model's own folder names for the kind, if it names one."""
        model = self._opened()
        prompts = getattr(model, "prompts", None) or {}
        try:
            vectors = model.encode(
                list(texts),
                batch_size=_BATCH,
                prompt_name=kind if kind in prompts else None,
                show_progress_bar=False,
            )
        except (RuntimeError, ValueError) as error:
            raise EmbeddingFailed(f"The model in {self._folder} cannot embed: {error}") from error
        return of_length_one(np.asarray(vectors, np.float32))

    def _opened(self) -> Any:
        if self._model is None:
            try:
                from sentence_transformers import SentenceTransformer  # noqa: PLC0415 -- optional dependency
            except ImportError as error:
                raise EmbeddingFailed("The package sentence-transformers is not installed.") from error
            try:
                self._model = SentenceTransformer(str(self._folder), local_files_only=True)
            except (OSError, ValueError) as error:
                raise EmbeddingFailed(f"There is no model in {self._folder}: {error}") from error
        return self._model
