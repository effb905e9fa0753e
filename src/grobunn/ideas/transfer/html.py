"""Plain text from HTML."""

import html
import re

import nh3

_BREAKS = re.compile(r"<br\s*/?>", re.IGNORECASE)
_ENDS = re.compile(r"</(?:p|div|h[1-6]|ul|ol|tr|blockquote)>", re.IGNORECASE)
_ITEMS = re.compile(r"<li\b[^>]*>", re.IGNORECASE)
_SPACES = re.compile(r"[^\S\n]+")
_MANY_LINES = re.compile(r"\n[ \n]*\n")


def text_of(markup: str) -> str:
    """The text of a piece of HTML: paragraphs parted by an empty line, list items by a dash, scripts gone."""
    if "<" not in markup and "&" not in markup:
        return markup.strip()
    parted = _ENDS.sub("\n\n", _BREAKS.sub("\n", _ITEMS.sub("\n– ", markup)))
    plain = html.unescape(nh3.clean(parted, tags=set()))
    lines = [line.strip() for line in _SPACES.sub(" ", plain).split("\n")]
    return _MANY_LINES.sub("\n\n", "\n".join(lines)).strip()
