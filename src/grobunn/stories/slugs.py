"""Addresses of stories and tags: readable, in plain letters."""

from collections.abc import Container

from grobunn.kernel import slugs
from grobunn.kernel.slugs import plain

LENGTH = 70
# Words that the pages of stories use themselves; a test holds them against the urls.
RESERVED = frozenset({"bilder", "emne", "nyhetsbrev", "skriv", "kommentarer"})


def slug_of(title: str, *, taken: Container[str]) -> str:
    """A free address for a title. Takes: taken, the addresses in use in the municipality."""
    return slugs.free(slugs.beginning(title, length=LENGTH, otherwise="historie"), taken=taken, reserved=RESERVED)


def tags_of(written: str) -> list[str]:
    """Tags as somebody wrote them, parted by commas: trimmed, in lower case, each once, none without letters."""
    tags: dict[str, str] = {}
    for word in written.split(","):
        tag = " ".join(word.split()).lower().lstrip("#")
        if plain(tag):
            tags.setdefault(plain(tag), tag)
    return list(tags.values())
