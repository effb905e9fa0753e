"""What stands in the header and the footer: features register entries, a person sees those that their roles use."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse


class Place(StrEnum):
    """Where an entry stands."""

    MAIN = "main"  # The header's row of links.
    ACCOUNT = "account"  # The signed-in person's own menu.
    TOOL = "tool"  # An icon in the header, with a count if there is something new.
    FOOTER = "footer"


def _always(request: HttpRequest) -> bool:
    return True


@dataclass(frozen=True, kw_only=True, eq=False)
class Entry:
    """One link. Each is itself: two are never equal.

    Takes: label, translated lazily; url_name, reversed with the municipality's slug if needs_municipality;
           is_visible and count, asked of each request, so they must be cheap; icon, a name of an Aksel icon;
           tells_page, whether the address says which page one comes from, as `?fra=`.
    """

    label: Any
    url_name: str
    order: int = 50
    place: Place = Place.MAIN
    is_visible: Callable[[HttpRequest], bool] = _always
    needs_municipality: bool = False
    icon: str = ""
    count: Callable[[HttpRequest], int] | None = None
    tells_page: bool = False


@dataclass(frozen=True)
class Link:
    """An entry as a page shows it. Its label is put into words where it is shown."""

    entry: Entry
    url: str
    is_current: bool
    count: int

    @property
    def label(self) -> Any:
        return self.entry.label

    @property
    def icon(self) -> str:
        return self.entry.icon


_entries: dict[tuple[Place, str], Entry] = {}


def register(entry: Entry) -> None:
    """Add an entry; an address may stand once in each place."""
    key = (Place(entry.place), entry.url_name)
    if key in _entries:
        raise ImproperlyConfigured(f"The navigation entry {entry.url_name} is registered twice in {entry.place}.")
    _entries[key] = entry


def links(request: HttpRequest, place: Place) -> list[Link]:
    """The links that the person behind a request sees in a place, in order."""
    slug = home_slug(request)
    entries = sorted((entry for entry in _entries.values() if entry.place == place), key=lambda entry: entry.order)
    found = [(entry, _address_in(slug, entry.url_name, entry.needs_municipality)) for entry in entries]
    visible = [(entry, url) for entry, url in found if url and entry.is_visible(request)]
    current = _current(request.path, [url for _, url in visible])
    return [
        Link(
            entry=entry,
            url=f"{url}?fra={_page_name(request)}" if entry.tells_page else url,
            is_current=url == current,
            count=entry.count(request) if entry.count else 0,
        )
        for entry, url in visible
    ]


def _address_in(slug: str, url_name: str, needs_municipality: bool) -> str:
    if not needs_municipality:
        return _reversed(url_name)
    return _reversed(url_name, slug) if slug else ""


def _page_name(request: HttpRequest) -> str:
    """The name of the page that answers; "" where none was found."""
    return request.resolver_match.view_name if request.resolver_match else ""


def address(request: HttpRequest, url_name: str, *, needs_municipality: bool = False) -> str:
    """The address of a named page, or "" where it does not exist here."""
    return _address_in(home_slug(request) if needs_municipality else "", url_name, needs_municipality)


@lru_cache(maxsize=2048)
def _reversed(url_name: str, slug: str = "") -> str:
    """The address of a name; asked for a dozen times on every page, and always the same."""
    try:
        return reverse(url_name, kwargs={"municipality": slug} if slug else None)
    except NoReverseMatch:
        return ""


def home_slug(request: HttpRequest) -> str:
    """Slug of the municipality that the page belongs to, else of the one that the person belongs to, else ""."""
    here = getattr(request, "municipality", None) or getattr(request, "home_municipality", None)
    return here.slug if here else ""


def _current(path: str, urls: list[str]) -> str:
    """The longest of the addresses that the path begins with."""
    return max((url for url in urls if path == url or (url != "/" and path.startswith(url))), key=len, default="")
