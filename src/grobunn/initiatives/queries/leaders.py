"""Who can own an initiative: the leaders of a municipality."""

from uuid import UUID

from django_scopes import scopes_disabled

from grobunn.kernel import clock
from grobunn.organisations.models import LEADER_LINE, RoleAssignment
from grobunn.organisations.queries.holders import is_open_on
from grobunn.organisations.queries.roles import holds_on


def leaders_of(municipality_id: UUID) -> list[RoleAssignment]:
    """Everybody in the line of a municipality today, with person and unit, by name; one SQL."""
    today = clock.today()
    with scopes_disabled():
        found = RoleAssignment.objects.filter(
            holds_on(today),
            is_open_on(today),
            municipality_id=municipality_id,
            role__in=LEADER_LINE,
            user__is_active=True,
            user__is_service=False,
        )
        return list(found.select_related("user", "unit").order_by("user__name", "unit__name", "id"))
