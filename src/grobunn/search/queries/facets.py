"""What can narrow a search: each value that stands in what was found, and how many it leaves.

Counted from hits that their sources let the reader see, never from the index.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

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


# What is counted, and what one of it is called: named once a value, not once a hit.
Names = Callable[[Any], tuple[str, Words]]


def facets_of(hits: Sequence[Hit]) -> Mapping[str, tuple[Facet, ...]]:
    """The facets of what was found, by the field that they narrow: the most frequent first, years the newest first."""
    names = places({hit.municipality_id for hit in hits})
    counted: dict[str, tuple[Iterable[Any], Names]] = {
        "kind": ((hit.ref.kind for hit in hits), lambda kind: (kind, kind_label(kind))),
        "state": (
            ((hit.ref.kind, hit.state) for hit in hits),
            lambda key: (key[1], state_label(*key) if key[1] else ""),
        ),
        "municipality": ((hit.municipality_id for hit in hits), lambda key: (names[key].slug, names[key].name)),
        "county": ((hit.county for hit in hits), lambda county: (county, COUNTIES.get(county, ""))),
        "size": ((hit.size for hit in hits), lambda size: (size, SizeClass(size).label if size else "")),
        "theme": (
            ((hit.ref.kind, theme) for hit in hits for theme in hit.themes),
            lambda key: (key[1], theme_label(*key)),
        ),
        "year": ((hit.year or "" for hit in hits), lambda year: (str(year), str(year))),
        "language": ((hit.language for hit in hits), lambda code: (code, language_label(code))),
    }
    facets = {field: _counted(keys, name) for field, (keys, name) in counted.items()}
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


def _counted(keys: Iterable[Any], name: Names) -> tuple[Facet, ...]:
    labels: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for key, count in Counter(keys).items():
        value, label = name(key)
        if value:
            labels[value] = str(label)
            counts[value] += count
    facets = [Facet(value, labels[value], count) for value, count in counts.items()]
    return tuple(sorted(facets, key=lambda facet: (-facet.count, facet.label)))
