"""What can narrow a search: each value that stands in what was found, and how many it leaves.

Counted from hits that their sources let the reader see, never from the index.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.conf.locale import LANG_INFO
from django.utils.translation import get_language_info

from grobunn.organisations.queries import COUNTIES, SizeClass
from grobunn.search.engine.interface import Hit
from grobunn.search.queries.matches import kind_label, places, state_label
from grobunn.search.registry import Words, registered, source_of
from grobunn.ui import languages


@dataclass(frozen=True)
class Facet:
    """One way to narrow what was found, and how many it leaves."""

    value: str
    label: Words
    count: int


Valued = Callable[[Hit], Iterable[tuple[str, Words]]]


def facets_of(hits: Sequence[Hit]) -> Mapping[str, tuple[Facet, ...]]:
    """The facets of what was found, by the field that they narrow: the most frequent first, years the newest first."""
    names = places({hit.municipality_id for hit in hits})
    valued: dict[str, Valued] = {
        "kind": lambda hit: [(hit.ref.kind, kind_label(hit.ref.kind))],
        "state": lambda hit: [(hit.state, state_label(hit.ref.kind, hit.state))],
        "municipality": lambda hit: [names[hit.municipality_id][::-1]],
        "county": lambda hit: [(hit.county, COUNTIES.get(hit.county, ""))],
        "size": lambda hit: [(hit.size, SizeClass(hit.size).label)] if hit.size else [],
        "theme": lambda hit: [(theme, theme_label(hit.ref.kind, theme)) for theme in hit.themes],
        "year": lambda hit: [(str(hit.year), str(hit.year))] if hit.year else [],
        "language": lambda hit: [(hit.language, language_label(hit.language))],
    }
    facets = {field: _counted(hits, of) for field, of in valued.items()}
    facets["year"] = tuple(sorted(facets["year"], key=lambda facet: facet.value, reverse=True))
    facets["size"] = tuple(sorted(facets["size"], key=lambda facet: int(facet.value)))
    return facets


def theme_label(kind: str, theme: str) -> Words:
    """A theme, as its source calls it."""
    source = source_of(kind)
    return source.theme_label(theme) if source is not None else theme


def language_label(code: str) -> str:
    """A language's own name where it is one of ours, else its name in the language of the page, else its code."""
    if code in languages.OWN_NAMES:
        return languages.OWN_NAMES[code]
    return str(get_language_info(code)["name_translated"]).capitalize() if code in LANG_INFO else code


def value_label(field: str, value: str) -> Words:
    """A value that nothing was found with, as it is called; the value itself where nobody knows it.

    Takes: field, one of those that `facets_of` counts.
    """
    if field == "county":
        return COUNTIES.get(value, value)
    if field == "size":
        return SizeClass(value).label if value in SizeClass.values else value
    if field == "language":
        return language_label(value)
    if field == "kind":
        return kind_label(value)
    if field == "municipality":
        return next((place.name for place in places(()).values() if place.slug == value), value)
    return _named_by_a_source(field, value)


def _named_by_a_source(field: str, value: str) -> Words:
    """A state or theme as the first source that knows it calls it."""
    for source in registered().values():
        name = {"state": source.state_label, "theme": source.theme_label}.get(field)
        try:
            return name(value) if name is not None else value
        except (ValueError, KeyError):
            continue
    return value


def _counted(hits: Sequence[Hit], of: Valued) -> tuple[Facet, ...]:
    labels: dict[str, Words] = {}
    counts: Counter[str] = Counter()
    for hit in hits:
        for value, label in of(hit):
            if value:
                labels[value] = label
                counts[value] += 1
    facets = [Facet(value, labels[value], count) for value, count in counts.items()]
    return tuple(sorted(facets, key=lambda facet: (-facet.count, str(facet.label))))
