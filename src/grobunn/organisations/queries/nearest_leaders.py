"""Who leads whom, and who works where: from the municipality's roles."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django_scopes import scope

from grobunn.kernel import clock
from grobunn.organisations.models import LEADER_LINE, RoleAssignment
from grobunn.organisations.queries import linked_units
from grobunn.organisations.queries.roles import holds_on


@dataclass(frozen=True)
class Lines:
    """Takes: leaders, of each person the nearest ones above, by user's id; units, where each person works."""

    leaders: Mapping[UUID, frozenset[UUID]]
    units: Mapping[UUID, frozenset[UUID]]

    def is_led_by(self, user_id: UUID | None, leader_id: UUID | None) -> bool:
        """Whether somebody's nearest leader is the other."""
        return user_id is not None and leader_id is not None and leader_id in self.leaders.get(user_id, ())


def lines_of(people: Iterable[UUID], *, municipality_id: UUID) -> Lines:
    """The nearest leaders and the units of some people today, by user's id. Two SQL."""
    wanted = set(people)
    with scope(municipality=municipality_id):
        held = RoleAssignment.objects.filter(holds_on(clock.today()), municipality_id=municipality_id)
        rows = list(held.filter(Q(user__in=wanted) | Q(role__in=LEADER_LINE)).values_list("user_id", "unit_id", "role"))
    parents = {pk: unit.parent_id for pk, unit in linked_units(municipality_id, with_closed=True).items()}
    leading: dict[UUID, list[tuple[int, UUID]]] = {}
    for user_id, unit_id, role in rows:
        if role in LEADER_LINE:
            leading.setdefault(unit_id, []).append((LEADER_LINE.index(role), user_id))
    leaders: dict[UUID, frozenset[UUID]] = {}
    units: dict[UUID, frozenset[UUID]] = {}
    for user_id, unit_id, role in rows:
        if user_id in wanted:
            units[user_id] = units.get(user_id, frozenset()) | {unit_id}
            above = _nearest(user_id, unit_id, role, leading=leading, parents=parents)
            leaders[user_id] = leaders.get(user_id, frozenset()) | above
    return Lines(leaders=leaders, units=units)


def _nearest(
    user_id: UUID,
    unit_id: UUID,
    role: str,
    *,
    leading: Mapping[UUID, list[tuple[int, UUID]]],
    parents: Mapping[UUID, UUID | None],
) -> frozenset[UUID]:
    """The holders of the lowest leading role above a role, in the unit or the nearest one above it."""
    own = LEADER_LINE.index(role) if role in LEADER_LINE else -1
    here: UUID | None = unit_id
    while here is not None:
        higher = [(rank, leader) for rank, leader in leading.get(here, ()) if rank > own and leader != user_id]
        if higher:
            lowest = min(rank for rank, _leader in higher)
            return frozenset(leader for rank, leader in higher if rank == lowest)
        here = parents.get(here)
    return frozenset()
