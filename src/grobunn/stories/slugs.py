"""Addresses of stories and tags: readable, in plain letters."""

from collections.abc import Container
from itertools import chain, count

from django.utils.text import slugify

LENGTH = 70
# Words that the pages of stories use themselves; a test holds them against the urls.
RESERVED = frozenset({"bilder", "emne", "nyhetsbrev", "skriv", "kommentarer"})
# As organisations do it for units; the letters that Unicode does not take apart itself.
_PLAIN = str.maketrans({"æ": "ae", "ø": "o", "đ": "d", "ŋ": "n", "ŧ": "t", "ß": "ss"})


def plain(words: str) -> str:
    """Words as an address; "" where nothing is left of them."""
    return slugify(words.casefold().translate(_PLAIN))


def slug_of(title: str, *, taken: Container[str]) -> str:
    """A free address for a title. Takes: taken, the addresses in use in the municipality."""
    base = plain(title)[:LENGTH].rsplit("-", 1)[0] if len(plain(title)) > LENGTH else plain(title)
    base = base or "historie"
    for candidate in chain([base], (f"{base}-{number}" for number in count(2))):
        if candidate not in taken and candidate not in RESERVED:
            return candidate
    raise AssertionError("Numbers do not run out.")


def tags_of(written: str) -> list[str]:
    """Tags as somebody wrote them, parted by commas: trimmed, in lower case, each once, none without letters."""
    tags: dict[str, str] = {}
    for word in written.split(","):
        tag = " ".join(word.split()).lower().lstrip("#")
        if plain(tag):
            tags.setdefault(plain(tag), tag)
    return list(tags.values())
