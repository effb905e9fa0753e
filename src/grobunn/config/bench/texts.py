"""Texts for made-up ideas, put together from what the package holds: the demonstration's ideas and the manual.

Sentences are shuffled, a few of them far more often than the rest, and names of places are strewn in: so most words are
common and many are rare, as in real texts. The same seed gives the same texts.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from random import Random

import yaml

_NYNORSK_PLACES = ("ulstein", "oygarden")
_SENTENCE = re.compile(r"[A-ZÆØÅ][^.!?*`|<>\[\]]{25,200}[.!?]")
_WITH_PLACE = {
    "nb": (
        "Slik gjør de det i {place}.",
        "Vi så det først på besøk i {place}.",
        "{place} og {other} har prøvd noe som ligner.",
        "Det burde være mulig her når det går i {place}.",
    ),
    "nn": (
        "Slik gjer dei det i {place}.",
        "Vi såg det først på vitjing i {place}.",
        "{place} og {other} har prøvd noko som liknar.",
        "Det burde gå her når det går i {place}.",
    ),
}


@dataclass(frozen=True)
class Text:
    """The words of one made-up idea."""

    title: str
    text: str


class Texts:
    """A source of texts that never dries up. Takes: places, names of municipalities and their centres."""

    def __init__(self, *, seed: int, places: Sequence[str]) -> None:
        self._random = Random(seed)  # noqa: S311 -- nothing secret: the same texts every time
        self._places = places
        self._titles: dict[str, list[str]] = {"nb": [], "nn": []}
        self._sentences: dict[str, list[str]] = {"nb": [], "nn": []}
        for story in yaml.safe_load(_packaged("ideas", "data", "demo", "ideas.yaml")):
            language = "nn" if story["municipality"] in _NYNORSK_PLACES else "nb"
            self._titles[language].append(story["title"])
            self._sentences[language] += _sentences(story["text"])
        for language in self._sentences:
            for page in _packaged_pages("web", "help", language):
                self._sentences[language] += _sentences(page)
            self._random.shuffle(self._sentences[language])

    def next(self, language: str, *, unit: str) -> Text:
        """Another text in a language ("nb" or "nn"). Takes: unit, a place at work that the title may name."""
        pick = self._random
        title = pick.choice(self._titles[language])
        if pick.random() < 0.6:
            title = f"{title} – {unit or pick.choice(self._places)}"
        sentences = [self._sentence(language) for _ in range(pick.randint(2, 5))]
        if pick.random() < 0.4:
            place, other = pick.sample(self._places, 2)
            sentences.append(pick.choice(_WITH_PLACE[language]).format(place=place, other=other))
        return Text(title=title[:120], text=" ".join(sentences))

    def _sentence(self, language: str) -> str:
        sentences = self._sentences[language]
        return sentences[int(len(sentences) * self._random.random() ** 2)]


def _sentences(text: str) -> list[str]:
    return _SENTENCE.findall(text.replace("\n", " "))


def _packaged(feature: str, *path: str) -> str:
    return resources.files(f"grobunn.{feature}").joinpath(*path).read_text(encoding="utf-8")


def _packaged_pages(feature: str, *path: str) -> list[str]:
    """The texts of a folder's files, in the order of their names."""
    folder = resources.files(f"grobunn.{feature}").joinpath(*path)
    files = sorted(folder.iterdir(), key=lambda file: file.name)
    return [file.read_text(encoding="utf-8") for file in files if file.name.endswith(".md")]
