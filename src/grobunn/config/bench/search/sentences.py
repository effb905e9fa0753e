"""Norwegian texts without end, put together from what was said in the Storting.

Sentences are whole, so words stand where they stand in Norwegian. Put together anew they come again more often than in
life, which makes the lists of an index longer than there; a made-up name in each text keeps rare words rare.
"""

import gzip
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from random import Random

LANGUAGES = {"nb": "nob", "nn": "nno"}
_SYLLABLES = ("bru", "dal", "eik", "fjell", "gran", "hav", "is", "kvern", "lund", "myr", "nes", "skog", "tun", "vik")
_TITLE_WORDS = (4, 9)
_SENTENCES = (3, 5)


@dataclass(frozen=True)
class Text:
    """A title and a text in one language, "nb" or "nn"."""

    language: str
    title: str
    text: str


class Sentences:
    """A source of texts; the same seed gives the same ones. Takes: places, names that titles may end with."""

    def __init__(self, *, seed: int, places: Sequence[str]) -> None:
        self._random = Random(seed)  # noqa: S311 -- nothing secret
        self._places = places

    def next(self) -> Text:
        """Another text."""
        pick = self._random
        language = "nn" if pick.random() < 0.2 else "nb"
        sentences = said(language)
        words = pick.choice(sentences).rstrip(".!?").split()
        title = " ".join(words[: pick.randint(*_TITLE_WORDS)]).rstrip(",;:– ")
        if pick.random() < 0.5:
            title = f"{title} i {pick.choice(self._places)}"
        body = [pick.choice(sentences) for _ in range(pick.randint(*_SENTENCES))]
        return Text(language, title[:120], f"{' '.join(body)} Prosjekt {self._name()}.")

    def _name(self) -> str:
        """A name such as Eikmyr482, which hardly any other text has."""
        one, other = self._random.sample(_SYLLABLES, 2)
        return f"{one}{other}{self._random.randrange(10_000)}".capitalize()


@cache
def said(language: str) -> Sequence[str]:
    """What was said, a sentence each."""
    packed = resources.files("grobunn.search").joinpath("data", "storting", f"{LANGUAGES[language]}.txt.gz")
    return tuple(gzip.decompress(packed.read_bytes()).decode("utf-8").splitlines())
