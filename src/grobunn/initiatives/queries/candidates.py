"""Who could own an initiative: leaders of the unit that carries it, and those above."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q
from django_scopes import scopes_disabled

from grobunn.kernel import clock
from grobunn.organisations.models import LEADER_LINE, Role, RoleAssignment, Unit
from grobunn.organisations.queries import ancestor_ids, holds_on, is_open_on


def leaders_for(unit: Unit) -> list[RoleAssignment]:
    """Leaders today of a unit and of those above it, the nearest first, the chief executive last. Two SQL."""
    line = [unit.pk, *ancestor_ids(unit)]
    today = clock.today()
    with scopes_disabled():
        held = RoleAssignment.objects.filter(
            Q(unit_id__in=line, role__in=LEADER_LINE) | Q(role=Role.CHIEF_EXEC),
            holds_on(today),
            is_open_on(today),
            municipality_id=unit.municipality_id,
            user__is_active=True,
            user__is_service=False,
        )
        found = list(held.select_related("user", "unit").order_by("from_on", "id"))
    return sorted(found, key=lambda each: _distance(each, line))


def _distance(assignment: RoleAssignment, line: Sequence[UUID]) -> tuple[int, int]:
    above = line.index(assignment.unit_id) if assignment.unit_id in line else len(line)
    return above, LEADER_LINE.index(Role(assignment.role))
