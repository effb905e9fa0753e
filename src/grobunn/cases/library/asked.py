"""What somebody asks of the library, as it stands in an address."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

MOST_CHARACTERS = 300
_MOST_VALUES = 40
_MOST_OF_A_VALUE = 60


class Order(models.TextChoices):
    """What comes first."""

    BEST = "treff", _("Fits best")
    NEWEST = "nyest", _("Newest")
    ADOPTED = "ibruk", _("Most taken into use")


# The facets by their names in addresses, in the order of the page. Several values of one widen, several facets narrow.
SIZE, COUNTY, KOSTRA, COST, THEME = "storrelse", "fylke", "kostra", "kostnad", "tema"
ADOPTED, KIND, INNOVATION, STAGE, LANGUAGE = "ibruk", "slag", "innovasjon", "steg", "sprak"
FACETS = (SIZE, KOSTRA, THEME, COST, ADOPTED, COUNTY, KIND, INNOVATION, STAGE, LANGUAGE)
# What the API calls them, and the orders.
_IN_API = {
    SIZE: "size", KOSTRA: "kostra", THEME: "theme", COST: "cost_below", ADOPTED: "adopted_by", COUNTY: "county",
    KIND: "kind", INNOVATION: "innovation", STAGE: "stage", LANGUAGE: "language",
}  # fmt: skip
_ORDERS_IN_API = {Order.BEST: "best", Order.NEWEST: "newest", Order.ADOPTED: "adopted"}
# These say "at most" or "at least": one value at a time.
SINGLE = frozenset({COST, ADOPTED})


@dataclass(frozen=True)
class Asked:
    """A question to the library.

    Takes: chosen, the values of each facet in use; like, the address name of a municipality whose likes are wanted.
    """

    words: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    like: str = ""
    order: Order = Order.NEWEST
    cursor: str = ""

    @property
    def is_narrowed(self) -> bool:
        return bool(self.chosen or self.like)

    def pairs(self, *, without: str = "") -> list[tuple[str, str]]:
        """Names and values of the address, from the first page. Takes: without, a name that is left out."""
        pairs = [("q", self.words)] if self.words else []
        if self.like and without != "som":
            pairs.append(("som", self.like))
        pairs += [(name, value) for name in FACETS if name != without for value in self.chosen.get(name, ())]
        if without != "rekkefolge" and self.order != _first_order(self.words):
            pairs.append(("rekkefolge", self.order.value))
        return pairs

    @property
    def query(self) -> str:
        """The query of an address that asks the same."""
        return urlencode(self.pairs())

    @property
    def api_query(self) -> str:
        """The query that asks the API the same, from the first page."""
        pairs = [("q", self.words)] if self.words else []
        if self.like:
            pairs.append(("like", self.like))
        pairs += [(_IN_API[name], value) for name in FACETS for value in self.chosen.get(name, ())]
        if self.order != _first_order(self.words):
            pairs.append(("sort", _ORDERS_IN_API[self.order]))
        return urlencode(pairs)

    def with_like(self, slug: str) -> "Asked":
        """The same question of municipalities like one; "" of all."""
        return replace(self, like=slug, cursor="")

    def with_order(self, order: Order) -> "Asked":
        """The same question, answered in another order."""
        return replace(self, order=order, cursor="")

    def with_values(self, name: str, values: Iterable[str]) -> "Asked":
        """The same question with other values of a facet."""
        rest = {each: kept for each, kept in self.chosen.items() if each != name}
        chosen = tuple(values)
        return replace(self, chosen={**rest, name: chosen} if chosen else rest, cursor="")

    @property
    def from_first(self) -> "Asked":
        """The same question from its first row."""
        return replace(self, cursor="")

    @property
    def widened(self) -> "Asked":
        """The same words without any narrowing."""
        return replace(self, chosen={}, like="", cursor="")


def asked_of(given: QueryDict) -> Asked:
    """A question as an address asks it; what makes no sense in it is passed over."""
    words = " ".join(given.get("q", "")[: 10 * MOST_CHARACTERS].split())[:MOST_CHARACTERS].replace("\x00", "")
    chosen = {name: values for name in FACETS if (values := _values(given, name))}
    order = given.get("rekkefolge", "")
    wanted = Order(order) if order in Order.values else _first_order(words)
    return Asked(
        words=words,
        chosen=chosen,
        like=_clean(given.get("som", "")),
        order=_first_order(words) if wanted == Order.BEST and not words else wanted,
        cursor=given.get("side", "")[:200],
    )


def _values(given: QueryDict, name: str) -> tuple[str, ...]:
    values = tuple(dict.fromkeys(value for each in given.getlist(name)[:_MOST_VALUES] if (value := _clean(each))))
    return values[-1:] if name in SINGLE else values


def _clean(value: str) -> str:
    return value.strip()[:_MOST_OF_A_VALUE].replace("\x00", "")


def _first_order(words: str) -> Order:
    return Order.BEST if words else Order.NEWEST
