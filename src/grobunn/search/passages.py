"""Passages: the few words of a text around what somebody looked for. Pure: a text and stems in, fragments out."""

import re
from bisect import bisect_left
from collections.abc import Collection
from functools import lru_cache

from grobunn.search.engine.interface import Fragment, Passage
from grobunn.search.words import bridged, first_letters

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
    """Where the words stand. Norwegian words bend at their end, so a stem is a beginning."""
    beginnings = tuple(stem for stem in stems if stem)
    if not beginnings:
        return []
    words = _words_to_look_at(beginnings).finditer(text)
    return [match.span() for match in words if _is_hit(match.group(), beginnings)]


@lru_cache(maxsize=256)
def _words_to_look_at(beginnings: tuple[str, ...]) -> re.Pattern[str]:
    """Words with a first letter that fits: most of a text need not be looked at."""
    letters = re.escape("".join(sorted(first_letters(beginnings))))
    return re.compile(rf"(?<![^\W_])[{letters}][^\W_]*", re.IGNORECASE)


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
    plain = word.lower()
    return plain.startswith(beginnings) or bridged(plain).startswith(beginnings)


def _best_start(hits: list[tuple[int, int]]) -> int:
    """Where the stretch begins that holds most hits."""
    if not hits:
        return 0
    reach = LENGTH - _BEFORE
    starts = [start for start, _end in hits]
    counts = [bisect_left(starts, start + reach) - i for i, start in enumerate(starts)]
    return max(0, starts[counts.index(max(counts))] - _BEFORE)


def _word_border(text: str, position: int) -> int:
    """The beginning of the word after a position, so that no word is cut in two."""
    if position == 0:
        return 0
    space = text.find(" ", position)
    return space + 1 if 0 <= space < position + _BEFORE else position
