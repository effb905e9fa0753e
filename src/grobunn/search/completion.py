"""What somebody types, completed or put right by words of titles. Pure: words and titles in, words out."""

import re
from collections.abc import Iterable, Sequence

from grobunn.search.words import MAX_WORD, bridged, clean, grams_of

_WORD = re.compile(r"[^\W_]+")
_LEAST_TYPED = 2
# A word may be put right by this many letters, by its length: (up to so long, so many).
_SLIPS = ((3, 0), (5, 1), (MAX_WORD, 2))


def completed(prefix: str, title: str) -> str:
    """What was typed with its last word as a word of the title ends it; "" where the title has no such word.

    Takes: prefix, as typed; it ends in the middle of a word.
    """
    typed = list(_WORD.finditer(clean(prefix)))
    if not typed or len(typed[-1].group()) < _LEAST_TYPED or not clean(prefix).endswith(typed[-1].group()):
        return ""
    begun = typed[-1].group()
    for word in _WORD.findall(title):
        if word.lower().startswith(begun.lower()):
            return clean(prefix)[: typed[-1].start()] + begun + word[len(begun) :].lower()
    return ""


def corrected(words: str, *, known: Iterable[str], titles: Sequence[str]) -> str:
    """The words with each one that is not known as the nearest word of the titles; "" where nothing changes.

    Takes: known, the words, in lower case, that are right as they stand.
    """
    right = set(known)
    candidates = {word.lower() for title in titles for word in _WORD.findall(clean(title)) if len(word) <= MAX_WORD}
    text = clean(words)
    pieces: list[str] = []
    end = 0
    for match in _WORD.finditer(text):
        word = match.group().lower()
        better = word if word in right or word in candidates else _nearest(word, candidates)
        pieces += [text[end : match.start()], match.group() if better == word else better]
        end = match.end()
    put_right = "".join(pieces) + text[end:]
    return "" if put_right == text else put_right


def _nearest(word: str, candidates: Iterable[str]) -> str:
    """The candidate with the fewest letters wrong, if they are few enough; else the word itself."""
    allowed = next((slips for length, slips in _SLIPS if len(word) <= length), 0)
    grams = set(grams_of(bridged(word)))
    best = min(
        (
            (distance, -len(grams & set(grams_of(bridged(each)))), each)
            for each in candidates
            if abs(len(each) - len(word)) <= allowed and (distance := edits(word, each, most=allowed)) <= allowed
        ),
        default=None,
    )
    return word if best is None else best[2]


def edits(one: str, other: str, *, most: int) -> int:
    """How many letters must be added, taken away, changed or swapped with the next; more than `most` is not counted."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        last, before_last = row, before
        row = [i]
        for j, against in enumerate(other, start=1):
            cost = min(last[j] + 1, row[-1] + 1, last[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                cost = min(cost, before_last[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        before = last
    return min(row[-1], most + 1)
