"""What search engines are told of: each feature registers its public pages, and knows which they are."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ImproperlyConfigured

# The protocol's limit is 50,000 addresses a file; a smaller file is quicker to make.
PER_FILE = 10_000


@dataclass(frozen=True)
class Page:
    """A page by its path, and when it last changed, if that is known."""

    path: str
    changed_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Sitemap:
    """The pages of a feature.

    Takes: name, in the address of its files; count, how many pages there are; pages, those from a place up to another,
           always in the same order. Both see what everybody may see.
    """

    name: str
    count: Callable[[], int]
    pages: Callable[[int, int], Sequence[Page]]

    def file_count(self) -> int:
        """How many files it takes."""
        return -(-self.count() // PER_FILE)

    def file(self, number: int) -> Sequence[Page]:
        """The pages of one file, from 1."""
        return self.pages((number - 1) * PER_FILE, number * PER_FILE)


_sitemaps: dict[str, Sitemap] = {}


def register(sitemap: Sitemap) -> None:
    """Make pages known; a name may be registered once."""
    if sitemap.name in _sitemaps:
        raise ImproperlyConfigured(f"The sitemap {sitemap.name} is registered twice.")
    _sitemaps[sitemap.name] = sitemap


def registered() -> Mapping[str, Sitemap]:
    """Every sitemap by its name."""
    return dict(_sitemaps)
