"""Municipalities like one: about as many inhabitants, about as central, and of the same form of Norwegian or county.

Whose centrality nobody knows is as central as any.
"""

from dataclasses import dataclass
from uuid import UUID

from django.core.cache import caches

from grobunn.organisations.models import LanguageForm, Municipality
from grobunn.organisations.queries import regions
from grobunn.organisations.queries.regions import Region

_KEY = "cases.places"
_SECONDS = 300
# From half as many inhabitants to twice as many.
_FACTOR = 2


@dataclass(frozen=True)
class Place:
    """What is compared of a municipality."""

    id: UUID
    slug: str
    name: str
    population: int | None
    language_form: str


@dataclass(frozen=True)
class Likes:
    """The municipalities that are like one, and between which numbers of inhabitants."""

    place: Place
    ids: frozenset[UUID]
    least: int
    most: int


def likes_of(name: str) -> Likes | None:
    """The municipalities like one, itself included. Takes: its address name, or its name as people write it.

    Returns: None where nobody is called so, or where nobody knows how many live there.
    """
    place = _place(name)
    if place is None or place.population is None:
        return None
    known = regions()
    region = known.get(place.id, Region())
    least, most = place.population // _FACTOR, place.population * _FACTOR
    ids = frozenset(
        each.id
        for each in _places().values()
        if each.population is not None
        and least <= each.population <= most
        and _is_as_central(region, known[each.id])
        and (_shares_language(place, each) or (region.county and known[each.id].county == region.county))
    )
    return Likes(place, ids | {place.id}, least, most)


def _is_as_central(one: Region, other: Region) -> bool:
    """In the same class of centrality, or the next."""
    if not one.centrality or not other.centrality:
        return True
    return abs(int(one.centrality) - int(other.centrality)) <= 1


def _shares_language(one: Place, other: Place) -> bool:
    return LanguageForm.NEUTRAL in (one.language_form, other.language_form) or one.language_form == other.language_form


def _place(name: str) -> Place | None:
    places = _places()
    wanted = name.strip().casefold()
    return places.get(wanted) or next((each for each in places.values() if each.name.casefold() == wanted), None)


def _places() -> dict[str, Place]:
    """Every municipality by its address name; no SQL when read in the last minutes in this process."""
    found: dict[str, Place] | None = caches["process"].get(_KEY)
    if found is None:
        rows = Municipality.objects.values_list("id", "slug", "name", "population", "language_form")
        found = {row[1]: Place(*row) for row in rows}
        caches["process"].set(_KEY, found, _SECONDS)
    return found
