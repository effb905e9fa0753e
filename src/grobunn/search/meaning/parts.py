"""Parts: a document as the stretches that are embedded, each about as long as what somebody types. Pure."""

import re
from collections.abc import Iterator

# About sixty word pieces: what a model reads in 30 to 50 ms on one core.
LENGTH = 240
# A long document is about what its beginning is about; more parts would cost more than they find.
MOST = 6
_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")
_ENDS = (".", "!", "?", "…", ":")


def parts_of(title: str, text: str) -> list[str]:
    """The title with the sentences after it, then the rest, in stretches of whole sentences where they fit.

    Returns: at most MOST; nothing is said twice where the title was made of the text.
    """
    told = " ".join(title.rstrip("…").split())
    sentences = _sentences(text)
    if told and not " ".join(sentences).startswith(told):
        sentences.insert(0, told)
    parts: list[str] = []
    for sentence in sentences:
        for piece in _pieces(sentence):
            if parts and len(parts[-1]) + len(piece) + 2 <= LENGTH:
                parts[-1] = f"{parts[-1]}{' ' if parts[-1].endswith(_ENDS) else '. '}{piece}"
            else:
                parts.append(piece)
    return parts[:MOST]


def shortened(text: str) -> str:
    """The beginning of what somebody writes, as much of it as one part of a document."""
    return next(_pieces(" ".join(text.split())), "")


def _sentences(text: str) -> list[str]:
    return [flat for each in _SENTENCE.split(text) if (flat := " ".join(each.split()))]


def _pieces(sentence: str) -> Iterator[str]:
    """A sentence, in several pieces where it is longer than a part may be; cut between words where that can be."""
    while len(sentence) > LENGTH:
        border = sentence.rfind(" ", 1, LENGTH)
        border = border if border > 0 else LENGTH
        yield sentence[:border]
        sentence = sentence[border:].lstrip()
    if sentence:
        yield sentence
