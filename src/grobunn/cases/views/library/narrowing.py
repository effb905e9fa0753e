"""What the library can be narrowed by, as links: each is the address of the same question with one thing changed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_plus, urlencode

from grobunn.cases.codes import los_above, los_below, los_mains, los_names
from grobunn.cases.library.asked import ADOPTED, COST, SINGLE, THEME, Asked, Order
from grobunn.cases.library.columns import ADOPTION_STEPS, COST_LIMITS
from grobunn.cases.library.facets import FACETS, Facet
from grobunn.cases.library.found import Found

# So many values stand open; the rest is one press away.
_SHOWN = 6
# The numbers that the library counts by; it can say nothing of others, which an address may ask for all the same.
_STEPS = {COST: frozenset(map(str, COST_LIMITS)), ADOPTED: frozenset(map(str, ADOPTION_STEPS))}


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


class Facets:
    """The facets to choose from, equal where a page shows the same ones.

    They come of the question and of what each value leaves, so those are compared; the hundred links that are made of
    them are made when a page shows them for the first time. Nothing of the table is held.
    """

    def __init__(self, asked: Asked, found: Found) -> None:
        self._asked = asked
        self._counts = {name: _counts(facet, asked, found) for name, facet in FACETS.items()}
        self._value = (tuple(asked.pairs()), tuple(tuple(counts.items()) for counts in self._counts.values()))

    def __hash__(self) -> int:
        return hash(self._value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Facets) and self._value == other._value

    def __iter__(self) -> Iterator[FacetShown]:
        """One that would change nothing is left out."""
        for name, facet in FACETS.items():
            counts, chosen = self._counts[name], self._asked.chosen.get(name, ())
            if not counts and not chosen:
                continue
            choices = _tree(self._asked, facet, counts) if name == THEME else _choices(self._asked, facet, counts)
            if not choices:
                continue
            # What is chosen always stands open, and one more is not worth a press.
            opened = max((at + 1 for at, choice in enumerate(choices) if choice.depth or choice.is_chosen), default=0)
            cut = len(choices) if len(choices) <= _SHOWN + 1 else max(_SHOWN, opened)
            yield FacetShown(facet.heading, choices[:cut], choices[cut:])


def _counts(facet: Facet, asked: Asked, found: Found) -> Mapping[str, int]:
    """What each value leaves, in the order of the table; one that has been chosen also where it leaves nothing."""
    counts, chosen = found.facets[facet.name], asked.chosen.get(facet.name, ())
    if not chosen:
        return counts
    wanted = (value for value in facet.values(found.table) if value in counts or (value and value in chosen))
    return {value: counts.get(value, 0) for value in wanted}


def _choices(asked: Asked, facet: Facet, counts: Mapping[str, int]) -> list[Choice]:
    chosen = asked.chosen.get(facet.name, ())
    values = list(counts)
    if facet.is_by_count:
        values.sort(key=lambda value: (value not in chosen, -counts[value], value))
    rest = urlencode(asked.pairs(without=facet.name))
    return [
        Choice(
            label=facet.label(value),
            count=counts[value],
            query=_query(rest, facet.name, _toggled(facet.name, chosen, value)),
            is_chosen=value in chosen,
        )
        for value in values
    ]


def _tree(asked: Asked, facet: Facet, counts: Mapping[str, int]) -> list[Choice]:
    """Themes as a tree: the main ones, and what is below those on the way to what is chosen.

    A theme takes in all that is below it, so one of these is chosen in its place, not beside it.
    """
    chosen = asked.chosen.get(facet.name, ())
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

    # Codes that the list has lost stand beside the main themes.
    lost = [code for code in dict.fromkeys((*counts, *chosen)) if not los_names(code)]
    return list(branch([*los_mains(), *lost], 0))


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
            label=FACETS[name].label(value) if _is_known(name, value) else value,
            query=_query(urlencode(asked.pairs(without=name)), name, _toggled(name, values, value)),
        )
        for name, values in asked.chosen.items()
        for value in values
    ]


def _is_known(name: str, value: str) -> bool:
    return name not in _STEPS or value in _STEPS[name]


def orders_of(asked: Asked) -> list[OrderShown]:
    """The orders to choose from; how well words fit only where there are words."""
    return [
        OrderShown(order.label, urlencode(asked.with_order(order).pairs()), order == asked.order)
        for order in Order
        if asked.words or order != Order.BEST
    ]
