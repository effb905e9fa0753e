"""Addresses made from names: readable, in plain letters, never one that is taken."""

from collections.abc import Container
from itertools import chain, count

from django.utils.text import slugify

from grobunn.organisations.validators import RESERVED_FOR_MUNICIPALITY

LENGTH = 60
# As in the municipalities' own web domains (heroy, baerum); the letters that Unicode does not take apart itself.
_PLAIN = str.maketrans({"æ": "ae", "ø": "o", "đ": "d", "ŋ": "n", "ŧ": "t", "ß": "ss"})


def slug_of(name: str, *, taken: Container[str] = ()) -> str:
    """An address for a unit's name.

    Takes: taken, the addresses in use in the municipality; a number is added until the address is free.
    """
    base = slugify(name.casefold().translate(_PLAIN))[: LENGTH - 4].strip("-") or "enhet"
    for candidate in chain([base], (f"{base}-{number}" for number in count(2))):
        if candidate not in taken and candidate not in RESERVED_FOR_MUNICIPALITY:
            return candidate
    raise AssertionError("Numbers do not run out.")
