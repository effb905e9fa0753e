"""What a municipality's set-up lacks."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django_scopes import scopes_disabled

from grobunn.kernel import clock
from grobunn.organisations.models import LEADER_LINE, Municipality, Role, RoleAssignment, Unit
from grobunn.organisations.queries.roles import holds_on


@dataclass(frozen=True)
class Gaps:
    """What is missing before everything finds its way; each with what to do on the page."""

    lacks_adviser: bool
    lacks_chief_executive: bool
    units_without_leader: int
    lacks_units: bool
    lacks_mailbox: bool
    lacks_whistleblowing: bool
    lacks_deviation: bool
    lacks_accessibility_statement: bool

    def __bool__(self) -> bool:
        return any(vars(self).values())


def gaps_of(municipality: Municipality) -> Gaps:
    """What a municipality has not set yet; three SQL."""
    with scopes_disabled():
        present = RoleAssignment.objects.filter(holds_on(clock.today()), user__is_active=True, user__is_service=False)
        roles = set(present.filter(municipality=municipality).values_list("role", flat=True).distinct())
        units = Unit.objects.filter(municipality=municipality, closed_on__isnull=True)
        led = Exists(present.filter(unit_id=OuterRef("pk"), role__in=LEADER_LINE))
        return Gaps(
            lacks_adviser=Role.INNOVATION_ADVISER not in roles,
            lacks_chief_executive=Role.CHIEF_EXEC not in roles,
            units_without_leader=units.exclude(led).count(),
            lacks_units=not units.exists(),
            lacks_mailbox=not municipality.mailbox,
            lacks_whistleblowing=not municipality.whistleblowing_url,
            lacks_deviation=not municipality.deviation_url,
            lacks_accessibility_statement=not municipality.accessibility_statement_url,
        )
