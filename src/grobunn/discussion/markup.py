"""Comments as HTML: paragraphs, emphasis, lists and links; everything else is shown as it was typed."""

import re
from collections.abc import Sequence
from html import escape
from typing import Any

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

_TAGS = {"p", "br", "em", "strong", "a", "ul", "ol", "li"}
# "ugc" and "nofollow": a link that somebody wrote is not recommended by the municipality.
_REL = "nofollow ugc noopener"
_SCHEMES = {"http", "https", "mailto"}
# A bare address, without the full stop or bracket that ends the sentence around it.
_ADDRESS = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,:;!?)\]}'»”]")


def _text(renderer: Any, tokens: Sequence[Token], index: int, *_rest: Any) -> str:
    """Plain text; addresses in it become links unless they stand in one already."""
    token = tokens[index]
    if any(before.type == "link_open" for before in tokens[:index]) and not _is_closed(tokens[:index]):
        return escape(token.content)
    pieces, end = [], 0
    for found in _ADDRESS.finditer(token.content):
        address = escape(found.group())
        pieces += [escape(token.content[end : found.start()]), f'<a href="{address}">{address}</a>']
        end = found.end()
    return "".join([*pieces, escape(token.content[end:])])


def _is_closed(tokens: Sequence[Token]) -> bool:
    """Whether every link that was opened is closed again."""
    return sum(token.type == "link_open" for token in tokens) == sum(token.type == "link_close" for token in tokens)


_PARSER = MarkdownIt("zero", {"breaks": True}).enable(
    ["list", "emphasis", "link", "autolink", "newline", "escape", "entity"]
)
_PARSER.add_render_rule("text", _text)


def rendered(text: str) -> SafeString:
    """A comment's text as HTML that is safe to show: parsed, then sanitised, so that neither is trusted alone."""
    html = nh3.clean(
        _PARSER.render(text),
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes=_SCHEMES,
        link_rel=_REL,
    )
    return mark_safe(html)  # noqa: S308 -- sanitised in the line above
