"""What somebody asks search for, as it stands in an address: words, narrowings, order. Saved searches keep the same."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote_plus, urlencode
from uuid import UUID

from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from grobunn.organisations.models import Municipality
from grobunn.organisations.queries import municipality_by_slug

# Longer than anybody looks for; what is pasted beyond it is not looked at.
MOST_CHARACTERS = 300
_MOST_OF_A_NARROWING = 60


class Order(models.TextChoices):
    """What comes first."""

    BEST = "", _("Fits best")
    NEWEST = "nyest", _("Newest")


@dataclass(frozen=True)
class Narrowing:
    """One way of narrowing: the field of what is wanted, its name in addresses, its heading."""

    field: str
    name: str
    label: Any


NARROWINGS = (
    Narrowing("kind", "slag", _("What it is")),
    Narrowing("state", "tilstand", _("Status")),
    Narrowing("municipality", "kommune", _("Municipality")),
    Narrowing("county", "fylke", _("County")),
    Narrowing("size", "storrelse", _("Size of the municipality")),
    Narrowing("theme", "tema", _("Theme")),
    Narrowing("year", "ar", _("Year")),
    Narrowing("language", "sprak", _("Language")),
)
_NAMES = {each.field: each.name for each in NARROWINGS}


@dataclass(frozen=True)
class Asked:
    """A search as it was asked for.

    Takes: narrowed, the value of each narrowing in use by its field; number, which page.
    """

    words: str
    narrowed: Mapping[str, str]
    order: Order = Order.BEST
    number: int = 1

    @property
    def query(self) -> str:
        """The query of an address that asks the same, from the first page."""
        return self._query(*self.narrowed.items())

    def queries(self, field: str) -> Callable[[str], str]:
        """The query that asks the same with one narrowing chosen, by its value: for many values, each in no time."""
        rest = self.with_narrowing(field, "")
        begin, end = rest._query(*rest.narrowed.items(), (field, "-")).rsplit("=-", 1)
        return lambda value: f"{begin}={quote_plus(value)}{end}"

    def _query(self, *narrowed: tuple[str, str]) -> str:
        given = [("q", self.words), *((_NAMES[field], value) for field, value in narrowed)]
        return urlencode([(name, value) for name, value in (*given, ("rekkefolge", self.order.value)) if value])

    def with_narrowing(self, field: str, value: str) -> "Asked":
        """The same search with one narrowing chosen, or taken back by ""; from the first page."""
        rest = {name: kept for name, kept in self.narrowed.items() if name != field}
        return replace(self, narrowed={**rest, field: value} if value else rest, number=1)

    def ordered(self, order: Order) -> "Asked":
        """The same search in another order."""
        return replace(self, order=order, number=1)

    def with_words(self, words: str) -> "Asked":
        """The same search for other words."""
        return replace(self, words=words, number=1)

    @property
    def widened(self) -> "Asked":
        """The same words without any narrowing."""
        return replace(self, narrowed={}, number=1)

    def wanted(self, municipality_id: UUID | None) -> dict[str, Any]:
        """The narrowings as `queries.search` takes them.

        Takes:  municipality_id, the municipality that the page belongs to; it stands before the narrowing.
        Raises: Municipality.DoesNotExist for an address that nobody has.
        """
        given: dict[str, Any] = dict(self.narrowed)
        slug = given.pop("municipality", "")
        year = given.pop("year", "")
        if municipality_id is None and slug:
            municipality_id = _municipality_id(slug)
        return {**given, "municipality_id": municipality_id, "year": int(year) if year else None}


def asked_of(given: QueryDict) -> Asked:
    """A search as an address asks for it; what makes no sense in it is passed over."""
    narrowed = {each.field: given.get(each.name, "").strip()[:_MOST_OF_A_NARROWING] for each in NARROWINGS}
    if not _is_year(narrowed["year"]):
        narrowed["year"] = ""
    order, number = given.get("rekkefolge", ""), given.get("side", "")[:4]
    return Asked(
        words=" ".join(given.get("q", "")[: 10 * MOST_CHARACTERS].split())[:MOST_CHARACTERS].replace("\x00", ""),
        narrowed={field: value.replace("\x00", "") for field, value in narrowed.items() if value},
        order=Order(order) if order in Order.values else Order.BEST,
        number=max(1, int(number)) if number.isascii() and number.isdigit() else 1,
    )


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isascii() and text.isdigit()


def _municipality_id(slug: str) -> UUID:
    found: Municipality = municipality_by_slug(slug)
    return found.pk
