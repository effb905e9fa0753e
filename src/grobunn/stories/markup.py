"""A story's text as HTML: the project's Markdown, with the story's pictures put in afterwards, by us."""

import re
from collections.abc import Callable, Mapping

from django.utils.safestring import SafeString, mark_safe

from grobunn.ui import markdown

# What stands alone on a line and names a picture of the story, in any of the three languages.
_PLACE = re.compile(r"<p>\[(?:bilde|bilete|picture) (\d{1,2})\]</p>", re.IGNORECASE)
# What a picture becomes, by its number.
Figures = Mapping[int, str]


def rendered(text: str, *, figures: Figures | None = None) -> SafeString:
    """A text as HTML, its pictures in their places. Takes: figures, safe HTML; a number without one leaves nothing."""
    known = figures or {}
    return mark_safe(_PLACE.sub(_put(known), markdown.html(text)))  # noqa: S308 -- cleaned there; figures are ours


def _put(figures: Figures) -> Callable[[re.Match[str]], str]:
    return lambda place: figures.get(int(place.group(1)), "")


def placed_numbers(text: str) -> frozenset[int]:
    """Numbers of the pictures that a text has a place for."""
    return frozenset(int(number) for number in _PLACE.findall(markdown.html(text)))


def plain_text(text: str) -> str:
    """What a text says in one line, without its marks and pictures: for search and for counting words."""
    return markdown.said(_PLACE.sub("", markdown.html(text)))
