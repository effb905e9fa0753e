"""Who holds what is missing, and who may say that there is more."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Q
from django_scopes import scopes_disabled

from grobunn.capacity.errors import Shortfall
from grobunn.capacity.models import Reservation, Source
from grobunn.capacity.quarters import Quarter
from grobunn.capacity.rules import RAISERS
from grobunn.initiatives.models import Initiative
from grobunn.initiatives.queries.initiatives import for_user
from grobunn.kernel import clock, permissions
from grobunn.kernel.actors import Actor
from grobunn.organisations.models import LEADER_LINE, Role, RoleAssignment
from grobunn.organisations.queries import ancestor_ids, holds_on, is_open_on


@dataclass(frozen=True)
class Hold:
    """So much of a source in a quarter."""

    source: Source
    quarter: Quarter
    amount: Decimal


@dataclass(frozen=True)
class InTheWay:
    """What holds some of what is missing.

    Takes: initiative, None where the reader may not see what it is; may_plan, whether the reader may move it.
    """

    initiative: Initiative | None
    holds: tuple[Hold, ...]
    may_plan: bool = False


def in_the_way_of(shortfalls: Sequence[Shortfall], *, actor: Actor) -> list[InTheWay]:
    """What holds the same sources in the same quarters, largest hold first, the unseen last.

    Two SQL, and what asking whether the reader may move each of them takes.
    """
    places = {(each.source.pk, each.quarter.first_day): each.source for each in shortfalls}
    wanted = Q(pk__in=[])
    for source_id, day in places:
        wanted |= Q(source_id=source_id, quarter_on=day)
    with scopes_disabled():
        rows = list(Reservation.objects.filter(wanted).order_by("quarter_on", "-amount", "id"))
        claim_ids = {row.claim_id for row in rows}
        visible = for_user(actor).filter(pk__in=claim_ids).select_related("municipality", "owner_unit")
        seen = {each.pk: each for each in visible}
    holds: dict[UUID, list[Hold]] = {}
    for row in rows:
        hold = Hold(places[row.source_id, row.quarter_on], Quarter.of(row.quarter_on), row.amount)
        holds.setdefault(row.claim_id, []).append(hold)
    found = [_held(seen.get(claim_id), each, actor) for claim_id, each in holds.items()]
    return sorted(found, key=lambda each: (each.initiative is None, -sum(hold.amount for hold in each.holds)))


def _held(initiative: Initiative | None, holds: Sequence[Hold], actor: Actor) -> InTheWay:
    may_plan = initiative is not None and permissions.is_allowed("initiatives.plan", actor, initiative)
    return InTheWay(initiative=initiative, holds=tuple(holds), may_plan=may_plan)


def raisers_of(sources: Iterable[Source]) -> list[RoleAssignment]:
    """Who may say that there is more of some sources today, the nearest first; each once. As `capacity.raise`."""
    found: dict[UUID, RoleAssignment] = {}
    for source in sources:
        for assignment in _raisers(source):
            found.setdefault(assignment.user_id, assignment)
    return list(found.values())


def _raisers(source: Source) -> list[RoleAssignment]:
    above = ancestor_ids(source.unit)
    today = clock.today()
    with scopes_disabled():
        held = RoleAssignment.objects.filter(
            Q(unit_id=source.unit_id, role__in=LEADER_LINE) | Q(unit_id__in=above, role__in=RAISERS),
            holds_on(today),
            is_open_on(today),
            municipality_id=source.municipality_id,
            user__is_active=True,
            user__is_service=False,
        )
        assignments = list(held.select_related("user", "unit").order_by("from_on", "id"))
    line = [source.unit_id, *above]
    return sorted(assignments, key=lambda each: (line.index(each.unit_id), LEADER_LINE.index(Role(each.role))))
