"""The box of search in the header of every page: the feature that searches says where it leads."""

from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest

from grobunn.ui import navigation


@dataclass(frozen=True, kw_only=True)
class Box:
    """Where the box leads, as names of addresses.

    Takes: here, everywhere, the pages of what was found, in one municipality and in all; suggestions_here,
           suggestions_everywhere, what completes the words while they are typed; own_pages, those with a box of their
           own, where the header has none.
    """

    here: str
    everywhere: str
    suggestions_here: str
    suggestions_everywhere: str
    own_pages: frozenset[str] = frozenset()


@dataclass(frozen=True)
class BoxHere:
    """The box as a page shows it. Takes: place, the municipality that is searched, "" for all of them."""

    url: str
    suggestions_url: str
    place: str


_boxes: list[Box] = []


def register(box: Box) -> None:
    """Put the box into the header; there is one."""
    if _boxes:
        raise ImproperlyConfigured("The header has one box of search.")
    _boxes.append(box)


def box_for(request: HttpRequest) -> BoxHere | None:
    """The box of a page; None where it has one of its own, or nothing searches."""
    page = request.resolver_match.view_name if request.resolver_match else ""
    box = next(iter(_boxes), None)
    if box is None or page in box.own_pages:
        return None
    home = getattr(request, "municipality", None) or getattr(request, "home_municipality", None)
    names = (box.here, box.suggestions_here) if home else (box.everywhere, box.suggestions_everywhere)
    url, suggestions_url = (navigation.address(request, name, needs_municipality=bool(home)) for name in names)
    return BoxHere(url=url, suggestions_url=suggestions_url, place=home.name if home else "")
