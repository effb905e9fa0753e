"""A model that exists only in these tests: it knows which words mean the same, and nothing of grammar."""

import hashlib
from collections.abc import Sequence

import numpy as np

from grobunn.search.meaning.embedder import EmbeddingFailed, Kind, Vectors, of_length_one
from grobunn.search.words import words_of

# Words of one line mean the same.
_MEANINGS = (
    ("medisindispenser", "pilleboks", "tabletter", "dosen"),
    ("droner", "flyvende", "kamera"),
    ("tak", "taksteinen"),
    ("elsykler", "tohjulinger"),
    ("hjemmetjenesten", "hjemmesykepleien"),
)
_MEANING_OF = {word: words[0] for words in _MEANINGS for word in words}


class KnowsSynonyms:
    """Each word is a direction of its own; words that mean the same share theirs."""

    is_elsewhere = False

    def __init__(self, name: str = "knows synonyms 1", *, dim: int = 64) -> None:
        self.name = name
        self.size = dim
        self.asked: list[str] = []
        self.fails = ""

    @property
    def id(self) -> str:
        return self.name

    @property
    def dim(self) -> int:
        return self.size

    def encode(self, texts: Sequence[str], *, kind: Kind) -> Vectors:
        if self.fails:
            raise EmbeddingFailed(self.fails)
        self.asked += texts
        return of_length_one(np.array([self._vector(text) for text in texts], np.float32).reshape(-1, self.size))

    def _vector(self, text: str) -> Vectors:
        made = np.full(self.size, 0.05, np.float32)
        for word in words_of(text):
            seed = int.from_bytes(hashlib.sha256(_MEANING_OF.get(word, word).encode()).digest()[:8])
            made += np.random.default_rng(seed).standard_normal(self.size).astype(np.float32)
        return made
