"""The texts that a lens is made from, packaged with the project: ideas in several wordings, ordinary Norwegian."""

import csv
import gzip
import hashlib
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path

_DATA = Path(__file__).resolve().parents[1] / "data"
# The last ones of each form: whoever tries the engine on the first thousands meets none of them.
_SENTENCES = 250
# The last two are there for some ideas only.
_WORDINGS = ("idea", "paraphrase", "nynorsk", "english")


@dataclass(frozen=True)
class Material:
    """Takes: wordings, for each idea two or more ways to say it; sentences, in both forms of Norwegian."""

    wordings: tuple[tuple[str, ...], ...]
    sentences: tuple[str, ...]

    @property
    def mark(self) -> str:
        """A short mark that changes when any text does: a lens of other texts is another lens."""
        digest = hashlib.sha256()
        for text in (*chain.from_iterable(self.wordings), *self.sentences):
            digest.update(text.encode() + b"\0")
        return digest.hexdigest()[:8]


@lru_cache(maxsize=1)
def material() -> Material:
    """The packaged texts."""
    with (_DATA / "meaning" / "pairs.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return Material(
        wordings=tuple(tuple(row[column] for column in _WORDINGS if row[column]) for row in rows),
        sentences=(*_last_sentences("nob"), *_last_sentences("nno")),
    )


def _last_sentences(form: str) -> list[str]:
    with gzip.open(_DATA / "storting" / f"{form}.txt.gz", "rt", encoding="utf-8") as file:
        return [line.rstrip("\n") for line in file][-_SENTENCES:]
