"""A story's text as HTML: Markdown with HTML switched off, sanitised again; pictures are put in afterwards, by us."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from html import unescape
from typing import Any

import nh3
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

TAGS = {"p", "br", "em", "strong", "a", "ul", "ol", "li", "h2", "h3", "h4", "blockquote", "code", "pre", "hr"}
# "*": what any tag may have; the sanitiser would let a title and a language through.
ATTRIBUTES: dict[str, set[str]] = {"*": set(), "a": {"href"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto"}
# What stands alone on a line and names a picture of the story, in any of the three languages.
_PLACE = re.compile(r"<p>\[(?:bilde|bilete|picture) (\d{1,2})\]</p>", re.IGNORECASE)
# The page's own heading is of the first rank.
_RANKS = {"h1": "h2", "h2": "h2", "h3": "h3"}

# What a picture becomes, by its number.
Figures = Mapping[int, str]


def _heading(renderer: Any, tokens: Sequence[Token], index: int, *rest: Any) -> str:
    token = tokens[index]
    tag = _RANKS.get(token.tag, "h4")
    return f"<{tag}>" if token.nesting == 1 else f"</{tag}>\n"


_PARSER = MarkdownIt("commonmark", {"html": False}).disable(["html_block", "html_inline", "image"])
_PARSER.add_render_rule("heading_open", _heading)
_PARSER.add_render_rule("heading_close", _heading)


@lru_cache(maxsize=512)
def clean_html(text: str) -> str:
    """A text as HTML that is safe to show, with the places of its pictures as words; no SQL, kept per process."""
    return nh3.clean(_PARSER.render(text), tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener")


def rendered(text: str, *, figures: Figures | None = None) -> SafeString:
    """A text as HTML, its pictures in their places. Takes: figures, safe HTML; a number without one leaves nothing."""
    known = figures or {}
    return mark_safe(_PLACE.sub(_put(known), clean_html(text)))  # noqa: S308 -- sanitised by clean_html; figures are ours


def _put(figures: Figures) -> Callable[[re.Match[str]], str]:
    return lambda place: figures.get(int(place.group(1)), "")


def placed_numbers(text: str) -> frozenset[int]:
    """Numbers of the pictures that a text has a place for."""
    return frozenset(int(number) for number in _PLACE.findall(clean_html(text)))


def plain_text(text: str) -> str:
    """What a text says, without its marks: for search and for counting words."""
    return unescape(strip_tags(_PLACE.sub("", clean_html(text)))).strip()
