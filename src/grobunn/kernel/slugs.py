"""Addresses made of words: readable, in plain letters, never one that is taken."""

from collections.abc import Container
from itertools import chain, count

from django.utils.text import slugify

# As in the municipalities' own web domains (heroy, baerum); the letters that Unicode does not take apart itself.
_PLAIN = str.maketrans({"æ": "ae", "ø": "o", "đ": "d", "ŋ": "n", "ŧ": "t", "ß": "ss"})
_ROOM_FOR_A_NUMBER = 5


def plain(words: str) -> str:
    """Words as an address; "" where nothing is left of them."""
    return slugify(words.casefold().translate(_PLAIN))


def beginning(words: str, *, length: int, otherwise: str) -> str:
    """What every address made of some words begins with, in whole words where there are several.

    Takes: length, the most that the address may have; otherwise, for words of which nothing is left.
    """
    whole, most = plain(words), length - _ROOM_FOR_A_NUMBER
    cut = whole if len(whole) <= most else whole[:most].rsplit("-", 1)[0]
    return cut.strip("-") or otherwise


def free(start: str, *, taken: Container[str], reserved: Container[str] = frozenset()) -> str:
    """The first address that is free: the beginning itself, else with a number.

    Takes: taken, the addresses in use; reserved, words that pages use themselves.
    """
    candidates = chain([start], (f"{start}-{number}" for number in count(2)))
    return next(slug for slug in candidates if slug not in taken and slug not in reserved)
