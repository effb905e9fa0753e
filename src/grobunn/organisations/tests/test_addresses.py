"""Addresses that pages use cannot become those of municipalities and units."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from grobunn.organisations.validators import RESERVED_FOR_MUNICIPALITY, RESERVED_FOR_SITE

TENANT = "<slug:municipality>"


def addresses(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        address = f"{before}{pattern.pattern}"
        if isinstance(pattern, URLPattern):
            yield address
        else:
            yield from addresses(pattern, address)


def words_at(place: int, *, below_municipality: bool) -> set[str]:
    """The fixed words that stand in a place of the addresses, without file endings."""
    found = set()
    for address in addresses(get_resolver()):
        parts = address.lstrip("^").split("/")
        if (parts[0] == TENANT) is below_municipality and len(parts) > place:
            found.add(parts[place].strip("$").split(".")[0])
    return {word for word in found if word and not any(sign in word for sign in "<>(\\")}


def test_first_words_of_addresses_are_reserved() -> None:
    assert words_at(0, below_municipality=False) - RESERVED_FOR_SITE == set()


def test_words_inside_a_municipality_are_reserved() -> None:
    assert words_at(1, below_municipality=True) - RESERVED_FOR_MUNICIPALITY == set()
