"""What a page of search can be narrowed by, as links: each is the address of the same search with one thing changed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from grobunn.search.asked import NARROWINGS, Asked, Order
from grobunn.search.queries import Found
from grobunn.search.queries.facets import Facet, value_label
from grobunn.search.registry import Words

# So many values stand open; the rest is one press away, as far as it leaves more than one or two.
_SHOWN = 6
_MOST = 36


@dataclass(frozen=True)
class Choice:
    """A link that narrows what was found, or takes the narrowing back."""

    label: Words
    count: int
    query: str
    is_chosen: bool


@dataclass(frozen=True)
class FacetShown:
    """One way of narrowing: its heading, the most frequent values, the rest."""

    label: Words
    choices: list[Choice]
    more: list[Choice]


@dataclass(frozen=True)
class Chip:
    """A narrowing in use, and the address without it."""

    label: Words
    about: Words
    query: str


@dataclass(frozen=True)
class OrderShown:
    """One order, and its address."""

    label: Any
    query: str
    is_current: bool


def chips_of(asked: Asked, found: Found, *, without: Collection[str] = ()) -> list[Chip]:
    """The narrowings in use, each with the way out of it."""
    return [
        Chip(
            label=_label(each.field, found.facets[each.field], asked.narrowed[each.field]),
            about=each.label,
            query=asked.with_narrowing(each.field, "").query,
        )
        for each in NARROWINGS
        if each.field in asked.narrowed and each.field not in without
    ]


def facets_shown(asked: Asked, found: Found, *, without: Collection[str] = ()) -> list[FacetShown]:
    """The narrowings to choose from; one that would change nothing is left out."""
    shown = []
    for each in NARROWINGS:
        chosen = asked.narrowed.get(each.field, "")
        facets = found.facets[each.field]
        if each.field in without or (not chosen and len(facets) < 2):
            continue
        choices = _chosen(asked, each.field, facets, chosen) if chosen else _choices(asked, each.field, facets)
        if choices:
            # One more is not worth a press.
            cut = _SHOWN if len(choices) > _SHOWN + 1 else len(choices)
            shown.append(FacetShown(each.label, choices[:cut], choices[cut:]))
    return shown


def orders_of(asked: Asked) -> list[OrderShown]:
    """The orders to choose from."""
    return [OrderShown(order.label, asked.ordered(order).query, order == asked.order) for order in Order]


def _choices(asked: Asked, field: str, facets: Sequence[Facet]) -> list[Choice]:
    query = asked.queries(field)
    return [Choice(facet.label, facet.count, query(facet.value), is_chosen=False) for facet in facets[:_MOST]]


def _chosen(asked: Asked, field: str, facets: Sequence[Facet], value: str) -> list[Choice]:
    """The one value that is chosen, as the way out of it."""
    without = asked.with_narrowing(field, "").query
    return [Choice(facet.label, facet.count, without, is_chosen=True) for facet in facets if facet.value == value]


def _label(field: str, facets: tuple[Facet, ...], value: str) -> Words:
    """What a value is called, also where nothing with it was found."""
    return next((facet.label for facet in facets if facet.value == value), None) or value_label(field, value)
