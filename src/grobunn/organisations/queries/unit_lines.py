"""The list of units as its page shows it: where there are many, lower levels are folded away, and opened by branch."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django_scopes import scopes_disabled

from grobunn.accounts.models import User
from grobunn.kernel import clock
from grobunn.organisations.models import LEADER_LINE, RoleAssignment, Unit
from grobunn.organisations.queries.roles import holds_on
from grobunn.organisations.queries.units import Branch, unit_tree

# A row costs a fifth of a millisecond of processor; nobody reads more in one go.
MOST_LINES = 150


@dataclass(frozen=True)
class UnitLine:
    """A unit in the list.

    Takes: below, how many units are folded away under it; above, where it belongs, in a list that is no tree;
           leaders, those of today.
    """

    unit: Unit
    depth: int = 0
    below: int = 0
    above: str = ""
    leaders: tuple[User, ...] = ()

    @property
    def steps(self) -> range:
        """One for each unit above it in the list."""
        return range(self.depth)


@dataclass(frozen=True)
class UnitList:
    """What the page shows, with the cursors that a pager takes.

    Takes: above, the units on the way down to the branch that is opened, itself last; is_large, whether there are more
           units than are shown at once.
    """

    rows: Sequence[UnitLine]
    above: Sequence[Unit]
    is_large: bool
    next_cursor: str | None
    previous_cursor: str | None


def unit_list(municipality_id: UUID, *, under: str = "", words: str = "", start: int = 0) -> UnitList:
    """The units, closed ones too, and who leads each today; two SQL.

    Takes:   under, the address of the unit whose branch is opened; words, which stand in the names; start, the first
             line to show.
    Raises:  Unit.DoesNotExist if there is no unit with that address.
    """
    tree = unit_tree(municipality_id, with_closed=True)
    branch = _branch(tree, under) if under else tree
    lines = _named(tree, words) if words else _folded(branch)
    end = start + MOST_LINES
    return UnitList(
        rows=_with_leaders(lines[start:end], municipality_id),
        above=_way_to(tree, branch[0].unit) if under else [],
        is_large=len(tree) > MOST_LINES,
        next_cursor=str(end) if end < len(lines) else None,
        previous_cursor=str(max(start - MOST_LINES, 0)) if start else None,
    )


def _branch(tree: Sequence[Branch], slug: str) -> list[Branch]:
    """A unit and what is below it."""
    place = next((place for place, each in enumerate(tree) if each.unit.slug == slug), None)
    if place is None:
        raise Unit.DoesNotExist
    top = tree[place].depth
    end = next((end for end in range(place + 1, len(tree)) if tree[end].depth <= top), len(tree))
    return [Branch(each.unit, each.depth - top) for each in tree[place:end]]


def _folded(branch: Sequence[Branch]) -> list[UnitLine]:
    """As many whole levels as there is room for, the first two at least; what is below them is only counted."""
    at = Counter(each.depth for each in branch)
    deepest = max(1, *(depth for depth in at if sum(at[above] for above in range(depth + 1)) <= MOST_LINES))
    lines: list[UnitLine] = []
    for each in branch:
        if each.depth <= deepest:
            lines.append(UnitLine(each.unit, each.depth))
        else:
            lines[-1] = replace(lines[-1], below=lines[-1].below + 1)
    return lines


def _named(tree: Sequence[Branch], words: str) -> list[UnitLine]:
    """The units with all the words in their names, each with what it is under."""
    wanted = words.casefold().split()
    names = {each.unit.pk: each.unit.name for each in tree}
    return [
        UnitLine(each.unit, above=names.get(each.unit.parent_id, "") if each.unit.parent_id else "")
        for each in tree
        if all(word in each.unit.name.casefold() for word in wanted)
    ]


def _way_to(tree: Iterable[Branch], unit: Unit) -> list[Unit]:
    """The units above a unit from the top, itself last."""
    by_id = {each.unit.pk: each.unit for each in tree}
    way = [unit]
    while way[0].parent_id in by_id:
        way.insert(0, by_id[way[0].parent_id])
    return way


def _with_leaders(lines: Sequence[UnitLine], municipality_id: UUID) -> list[UnitLine]:
    leading: dict[UUID, list[User]] = {}
    with scopes_disabled():
        found = RoleAssignment.objects.filter(
            holds_on(clock.today()),
            municipality_id=municipality_id,
            role__in=LEADER_LINE,
            user__is_active=True,
            unit__in=[line.unit.pk for line in lines],
        )
        for assignment in found.select_related("user").order_by("from_on", "id"):
            leading.setdefault(assignment.unit_id, []).append(assignment.user)
    return [replace(line, leaders=tuple(leading.get(line.unit.pk, ()))) for line in lines]
