"""Passages: the few words of a text around what somebody looked for. Pure: a text and stems in, fragments out."""

import re
from collections.abc import Collection

from grobunn.search.engine.interface import Fragment, Passage
from grobunn.search.words import bridged

_WORD = re.compile(r"[^\W_]+")
# About two lines on a phone.
LENGTH = 160
_BEFORE = 40


def marked(text: str, stems: Collection[str]) -> Passage:
    """A whole text with each of the words apart.

    Takes: stems, the beginnings that words are known by, spelled the bokmål way.
    """
    return _cut(text, _hits(text, stems), begin=0, end=len(text))


def passage(text: str, stems: Collection[str], *, is_begun: bool = False) -> Passage:
    """The part of a text with most of the words, with each such word apart.

    Takes:   is_begun, whether the text goes on from something that is shown already.
    Returns: fragments that together are one stretch of the text; its beginning where none of the words stands.
    """
    flat = " ".join(text.split())
    hits = _hits(flat, stems)
    begin = _word_border(flat, _best_start(hits))
    end = min(len(flat), begin + LENGTH)
    end = flat.rfind(" ", begin, end) if end < len(flat) and flat.rfind(" ", begin, end) > begin else end
    before = (Fragment("… "),) if begin or (is_begun and flat) else ()
    after = (Fragment(" …"),) if end < len(flat) else ()
    return (*before, *_cut(flat, hits, begin=begin, end=end), *after)


def _hits(text: str, stems: Collection[str]) -> list[tuple[int, int]]:
    """Where the words stand."""
    beginnings = tuple(stems)
    return [match.span() for match in _WORD.finditer(text) if _is_hit(match.group(), beginnings)]


def _cut(text: str, hits: list[tuple[int, int]], *, begin: int, end: int) -> Passage:
    """A stretch of a text, parted at the words that stand whole in it."""
    fragments = []
    position = begin
    for hit_start, hit_end in hits:
        if hit_start < position or hit_end > end:
            continue
        fragments += [Fragment(text[position:hit_start]), Fragment(text[hit_start:hit_end], is_hit=True)]
        position = hit_end
    fragments.append(Fragment(text[position:end]))
    return tuple(fragment for fragment in fragments if fragment.text)


def _is_hit(word: str, beginnings: tuple[str, ...]) -> bool:
    """Whether a word is one of those looked for: Norwegian words bend at their end, so a stem is a beginning."""
    plain = word.lower()
    return plain.startswith(beginnings) or bridged(plain).startswith(beginnings)


def _best_start(hits: list[tuple[int, int]]) -> int:
    """Where the stretch begins that holds most hits."""
    if not hits:
        return 0
    reach = LENGTH - _BEFORE
    counts = [sum(1 for other, _end in hits[i:] if other < start + reach) for i, (start, _stop) in enumerate(hits)]
    return max(0, hits[counts.index(max(counts))][0] - _BEFORE)


def _word_border(text: str, position: int) -> int:
    """The beginning of the word after a position, so that no word is cut in two."""
    if position == 0:
        return 0
    space = text.find(" ", position)
    return space + 1 if 0 <= space < position + _BEFORE else position
