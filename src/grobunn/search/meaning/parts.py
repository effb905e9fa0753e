"""Parts: a document as the stretches that are embedded, each about as long as what somebody types. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence

# About sixty word pieces: what a model reads in 30 to 50 ms on one core.
LENGTH = 240
# A long document is about what its beginning is about; more stretches would cost more than they find.
_STRETCHES = 6
MOST = 1 + _STRETCHES
_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")
_ENDS = (".", "!", "?", "…", ":")


def parts_of(title: str, text: str) -> list[str]:
    """The title alone, the title with the sentences after it, then the rest, in stretches of whole sentences.

    Somebody who writes is as brief as a title, and what is told at length is far from anything that is brief: but for
    its title alone the case "Førerløs transport" is not found by who wants a bus that drives itself.

    Returns: at most MOST; nothing of the title where it was made of the text.
    """
    told = " ".join(title.rstrip("…").split())
    sentences = _sentences(text)
    if not told or " ".join(sentences).startswith(told):
        return _stretches(sentences)
    alone = [told] if sentences and len(told) <= LENGTH else []
    return [*alone, *_stretches([told, *sentences])]


def _stretches(sentences: Iterable[str]) -> list[str]:
    parts: list[str] = []
    for sentence in sentences:
        for piece in _pieces(sentence):
            if parts and len(parts[-1]) + len(piece) + 2 <= LENGTH:
                parts[-1] = f"{parts[-1]}{' ' if parts[-1].endswith(_ENDS) else '. '}{piece}"
            else:
                parts.append(piece)
    return parts[:_STRETCHES]


def is_title_alone(parts: Sequence[str], number: int) -> bool:
    """Whether one of a document's parts is its title and nothing else."""
    return number == 0 and len(parts) > 1 and parts[1].startswith(parts[0])


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
