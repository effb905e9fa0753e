"""Markdown that people wrote, as HTML that is safe to show: the one renderer of the project."""

import re
from collections.abc import Sequence
from functools import lru_cache
from html import unescape
from typing import Any

import nh3
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

# HTML in a text is shown as text. What passes is cleaned once more, by another library than the one that wrote it.
_HEADINGS = {"h2", "h3", "h4", "h5", "h6"}
TAGS = _HEADINGS | {"p", "br", "em", "strong", "a", "ul", "ol", "li", "blockquote", "code", "pre", "hr"}
# "*": what any tag may have; the sanitiser would let a title and a language through.
ATTRIBUTES: dict[str, set[str]] = {"*": set(), "a": {"href"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto"}
_LOWEST_RANK = 6
_BREAKS = re.compile(r"\s+")
# What can be anything but words and paragraphs: most texts have none of it, and need no parser.
_MARKED = re.compile(r"[\\`*_\[\]<>&\x00-\x09\x0b-\x1f\x7f-\xa0]|^[-+#=~]|^\d+[.)]|^[^\S\n]|[^\S\n]$", re.MULTILINE)


def _ranked(renderer: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    token = tokens[index]
    rank = min(int(token.tag[1]) - env["highest"] + env["top"], _LOWEST_RANK)
    return f"<h{rank}>" if token.nesting == 1 else f"</h{rank}>\n"


_PARSER = MarkdownIt("commonmark", {"html": False}).disable(["html_block", "html_inline", "image"])
_PARSER.add_render_rule("heading_open", _ranked)
_PARSER.add_render_rule("heading_close", _ranked)


@lru_cache(maxsize=2048)
def html(text: str, top: int = 2) -> SafeString:
    """A text as HTML; no pictures, no HTML of the writer's own, links to http, https and mailto only.

    Takes: top, the rank that the text's highest heading gets, from 2: the page's own heading is of the first.
    """
    if not _MARKED.search(text):
        told = [part.strip("\n") for part in re.split(r"\n{2,}", text)]
        return mark_safe("".join(f"<p>{part}</p>\n" for part in told if part))  # noqa: S308 -- nothing to escape in it
    tokens = _PARSER.parse(text, {})
    highest = min((int(token.tag[1]) for token in tokens if token.type == "heading_open"), default=1)
    written = _PARSER.renderer.render(tokens, _PARSER.options, {"top": top, "highest": highest})
    return mark_safe(  # noqa: S308 -- cleaned
        nh3.clean(written, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener nofollow")
    )


def plain(text: str) -> str:
    """What a text says in one line, without its marks: for search, descriptions and counting words."""
    return said(html(text))


def said(written: str) -> str:
    """What HTML says in one line, without its tags."""
    return _BREAKS.sub(" ", unescape(strip_tags(written))).strip()


def blocks(text: str) -> list[dict[str, Any]]:
    """A text as plain data for documents, where nothing of it is markup: `ui/documents/prose.typ` sets it.

    Returns: blocks with a `kind` (heading, paragraph, list, numbered, quote, code), and `runs` of text or `items`.
    """
    return [block for node in SyntaxTreeNode(_PARSER.parse(text, {})).children for block in _block(node)]


_LISTS = {"bullet_list": "list", "ordered_list": "numbered"}


def _block(node: SyntaxTreeNode) -> list[dict[str, Any]]:
    if node.type in _LISTS:
        items = [[block for child in item.children for block in _block(child)] for item in node.children]
        return [{"kind": _LISTS[node.type], "items": items}]
    if node.type == "blockquote":
        return [{"kind": "quote", "items": [[block for child in node.children for block in _block(child)]]}]
    if node.type in {"fence", "code_block"}:
        return [{"kind": "code", "runs": [{"text": node.content, "marks": []}]}]
    if node.type in {"heading", "paragraph"}:
        return [{"kind": node.type, "runs": [run for child in node.children for run in _runs(child, [])]}]
    return []


def _runs(node: SyntaxTreeNode, marks: list[str]) -> list[dict[str, Any]]:
    if node.type in {"softbreak", "hardbreak"}:
        return [{"text": " " if node.type == "softbreak" else "\n", "marks": []}]
    if node.type in {"text", "code_inline"}:
        return [{"text": node.content, "marks": marks}]
    own = [node.type] if node.type in {"strong", "em"} else []
    if node.type == "link":
        address = str(node.attrs.get("href", ""))
        linked = [run for child in node.children for run in _runs(child, marks)]
        return [
            {**run, "url": address} if address.startswith(("http:", "https:", "mailto:")) else run for run in linked
        ]
    return [run for child in node.children for run in _runs(child, [*marks, *own])]
