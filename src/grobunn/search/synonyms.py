"""Words for the same thing: what somebody types is met by what somebody else calls it.

A few sets that hold everywhere are here; a municipality's own come from whoever is registered to know them.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import lru_cache
from uuid import UUID

from grobunn.search.words import STOPWORDS, bridged, words_of

# The other words for each word that has some, in lower case.
SynonymsOf = Callable[[UUID | None], Mapping[str, Collection[str]]]
StemOf = Callable[[str], str]

# Written for Grobunn. Words of one line are taken for each other; keep to what means the same in a municipality.
_EVERYWHERE = """
søppel avfall boss renovasjon
søppelkasse avfallsbeholder bossdunk søppeldunk
sykkel tråsykkel
grunnskole folkeskole
sykehjem aldershjem omsorgssenter
eldre seniorer pensjonister
helsesøster helsesykepleier
hjemmesykepleie hjemmetjeneste
nettbrett ipad
mobil mobiltelefon smarttelefon
datamaskin pc laptop
strøm elektrisitet
ladestasjon elbillader ladepunkt
fortau gangvei gangsti
brøyting snørydding
innbygger borger
medarbeider ansatt
skjema blankett
nettside hjemmeside
"""
_MOST_WORDS = 12


def _none(_municipality_id: UUID | None) -> Mapping[str, Collection[str]]:
    return {}


_own: SynonymsOf = _none


def register(synonyms_of: SynonymsOf) -> None:
    """Say who knows the words of a municipality."""
    global _own  # noqa: PLW0603 -- registered once, when the apps are ready
    _own = synonyms_of


def other_stems(spelled: Iterable[str], *, municipality_id: UUID | None, stem_of: StemOf) -> list[tuple[str, ...]]:
    """For each word, spelled as it is looked up, the stems of the other words for the same thing.

    Takes: municipality_id, whose own words are known beside those that hold everywhere.
    """
    own = tuple(sorted((word, tuple(others)) for word, others in _own(municipality_id).items()))
    known = _by_stem(own, stem_of)
    return [known.get(stem_of(word), ()) for word in spelled]


@lru_cache(maxsize=256)
def _by_stem(own: tuple[tuple[str, tuple[str, ...]], ...], stem_of: StemOf) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for word, others in (*_everywhere(), *own):
        for stem in _stems([word], stem_of):
            found.setdefault(stem, {}).update(dict.fromkeys(_stems(others, stem_of)))
    return {stem: tuple(other for other in others if other != stem)[:_MOST_WORDS] for stem, others in found.items()}


def _stems(written: Iterable[str], stem_of: StemOf) -> list[str]:
    """The stem of each word; of several words for a thing ("green bin") each one would mean too much, so none."""
    cut = [[word for word in words_of(each) if word not in STOPWORDS] for each in written]
    return [stem_of(bridged(words[0])) for words in cut if len(words) == 1]


def _everywhere() -> list[tuple[str, tuple[str, ...]]]:
    lines = [line.split() for line in _EVERYWHERE.split("\n") if line]
    return [(word, tuple(other for other in line if other != word)) for line in lines for word in line]
