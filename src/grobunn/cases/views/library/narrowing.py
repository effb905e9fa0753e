"""What the library can be narrowed by, as links: each is the address of the same question with one thing changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_plus, urlencode

from grobunn.cases.codes import los_above, los_below, los_mains, los_names
from grobunn.cases.library.asked import SINGLE, THEME, Asked, Order
from grobunn.cases.library.facets import FACETS, Facet
from grobunn.cases.library.found import Found

# So many values stand open; the rest is one press away.
_SHOWN = 6


@dataclass(frozen=True)
class Choice:
    """A link that chooses a value, or takes it back."""

    label: str
    count: int
    query: str
    is_chosen: bool
    # How far below the top of a tree it stands; 0 in a plain list.
    depth: int = 0


@dataclass(frozen=True)
class FacetShown:
    """One facet: its heading, the values that stand open, the rest."""

    heading: Any
    choices: Sequence[Choice]
    more: Sequence[Choice]


@dataclass(frozen=True)
class Chip:
    """A choice in use, and the address without it."""

    about: Any
    label: str
    query: str


@dataclass(frozen=True)
class OrderShown:
    """One order, and its address."""

    label: Any
    query: str
    is_current: bool


def facets_shown(asked: Asked, found: Found) -> list[FacetShown]:
    """The facets to choose from; one that would change nothing is left out."""
    shown = []
    for name, facet in FACETS.items():
        chosen = asked.chosen.get(name, ())
        counts = found.facets[name]
        if not chosen and not counts:
            continue
        choices = _tree(asked, facet, chosen, found) if name == THEME else _choices(asked, facet, chosen, found)
        # What is chosen always stands open, and one more is not worth a press.
        opened = max((place + 1 for place, choice in enumerate(choices) if choice.depth or choice.is_chosen), default=0)
        cut = len(choices) if len(choices) <= _SHOWN + 1 else max(_SHOWN, opened)
        shown.append(FacetShown(facet.heading, choices[:cut], choices[cut:]))
    return shown


def _choices(asked: Asked, facet: Facet, chosen: Sequence[str], found: Found) -> list[Choice]:
    counts = found.facets[facet.name]
    values = [value for value in facet.values(found.table) if value in counts or (value and value in chosen)]
    if facet.is_by_count:
        values.sort(key=lambda value: (value not in chosen, -counts.get(value, 0), value))
    rest = urlencode(asked.pairs(without=facet.name))
    return [
        Choice(
            label=facet.label(value),
            count=counts.get(value, 0),
            query=_query(rest, facet.name, _toggled(facet.name, chosen, value)),
            is_chosen=value in chosen,
        )
        for value in values
    ]


def _tree(asked: Asked, facet: Facet, chosen: Sequence[str], found: Found) -> list[Choice]:
    """Themes as a tree: the main ones, and what is below those on the way to what is chosen.

    A theme takes in all that is below it, so one of these is chosen in its place, not beside it.
    """
    counts = found.facets[facet.name]
    opened = {each for code in chosen for each in (code, *los_above(code))}
    rest = urlencode(asked.pairs(without=facet.name))

    def branch(codes: Sequence[str], depth: int) -> Iterator[Choice]:
        shown = [code for code in codes if code in counts or code in opened]
        for code in sorted(shown, key=lambda code: (code not in opened, -counts.get(code, 0), code)):
            kept = [each for each in chosen if each != code and each not in los_above(code)]
            values = kept if code in chosen else [*kept, code]
            query = _query(rest, facet.name, values)
            yield Choice(facet.label(code), counts.get(code, 0), query, code in chosen, min(depth, 2))
            if code in opened:
                yield from branch(los_below(code), depth + 1)

    return list(branch(_tops(found, chosen), 0))


def _tops(found: Found, chosen: Sequence[str]) -> list[str]:
    """The main themes, and codes that the list has lost."""
    lost = [code for code in dict.fromkeys((*found.table.themes, *chosen)) if not los_names(code)]
    return [*los_mains(), *lost]


def _toggled(name: str, chosen: Sequence[str], value: str) -> list[str]:
    if value in chosen:
        return [each for each in chosen if each != value]
    return [value] if name in SINGLE else [*chosen, value]


def _query(rest: str, name: str, values: Sequence[str]) -> str:
    own = [f"{name}={quote_plus(value)}" for value in values]
    return "&".join([rest, *own] if rest else own)


def chips_of(asked: Asked) -> list[Chip]:
    """The choices in use, each with the way out of it."""
    return [
        Chip(
            about=FACETS[name].heading,
            label=FACETS[name].label(value),
            query=_query(urlencode(asked.pairs(without=name)), name, _toggled(name, values, value)),
        )
        for name, values in asked.chosen.items()
        for value in values
        if _is_known(name, value)
    ]


def _is_known(name: str, value: str) -> bool:
    """A value that is a number where numbers are wanted: an address may say anything."""
    return name not in SINGLE or (value.isascii() and value.isdigit())


def orders_of(asked: Asked) -> list[OrderShown]:
    """The orders to choose from; how well words fit only where there are words."""
    return [
        OrderShown(order.label, urlencode(asked.with_order(order).pairs()), order == asked.order)
        for order in Order
        if asked.words or order != Order.BEST
    ]
