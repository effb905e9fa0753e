"""Vectors of earlier evaluations, in a file of the user's cache: thousands of texts take minutes to embed."""

import hashlib
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from grobunn.search.meaning import providers
from grobunn.search.meaning.embedder import Embedder, Kind, Vectors

_TABLE = "CREATE TABLE IF NOT EXISTS vector (key BLOB PRIMARY KEY, numbers BLOB NOT NULL) WITHOUT ROWID"


def cache_file() -> Path:
    """Where vectors are remembered: deleting it costs time and nothing else."""
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return folder / "grobunn" / "vectors.sqlite3"


class Remembered:
    """A model that is asked only for what it was not asked before, in this or an earlier run."""

    def __init__(self, embedder: Embedder, connection: sqlite3.Connection) -> None:
        self._embedder = embedder
        self._connection = connection

    @property
    def id(self) -> str:
        return self._embedder.id

    @property
    def dim(self) -> int:
        return self._embedder.dim

    @property
    def is_elsewhere(self) -> bool:
        return self._embedder.is_elsewhere

    def encode(self, texts: Sequence[str], *, kind: Kind) -> Vectors:
        """Vectors of texts; only those that nobody asked for before are computed."""
        keys = [hashlib.sha256(f"{self.id}\0{kind}\0{text}".encode()).digest() for text in texts]
        known = {key: vector for key in set(keys) if (vector := self._known(key)) is not None}
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        if new:
            made = self._embedder.encode(list(new.values()), kind=kind)
            known |= dict(zip(new, made, strict=True))
            rows = [(key, vector.astype(np.float32).tobytes()) for key, vector in zip(new, made, strict=True)]
            with self._connection:
                self._connection.executemany("INSERT OR REPLACE INTO vector VALUES (?, ?)", rows)
        return np.array([known[key] for key in keys], np.float32).reshape(len(texts), self.dim)

    def _known(self, key: bytes) -> Vectors | None:
        row = self._connection.execute("SELECT numbers FROM vector WHERE key = ?", [key]).fetchone()
        return None if row is None else np.frombuffer(row[0], np.float32)


@contextmanager
def remembered(file: Path) -> Iterator[None]:
    """Have the chosen model remember its vectors in a file, for as long as this lasts."""
    file.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(file)
    try:
        connection.execute(_TABLE)
        with providers.wrapped(lambda embedder: Remembered(embedder, connection)):
            yield
    finally:
        connection.close()
