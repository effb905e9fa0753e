"""Who owns an initiative when its owner cannot: the stand-in, the next leader upwards, or who keeps the place."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django_scopes import scopes_disabled

from grobunn.accounts.models import User
from grobunn.initiatives.models import Initiative
from grobunn.initiatives.states import UNFINISHED
from grobunn.kernel import clock
from grobunn.organisations.models import LEADER_LINE, Role, RoleAssignment, Unit
from grobunn.organisations.queries import Holder, holder_of, next_leader, roles_of
from grobunn.organisations.queries.holders import is_open_on
from grobunn.organisations.queries.roles import holds_on

How = Literal["same_role", "above", "keeper"]


@dataclass(frozen=True)
class NextOwner:
    """Who owns it next, in which role, and how that was found.

    Takes: how, another who has the owner's role or stands in for it, a leader above, or the innovation adviser, who
           only keeps the place until there is a leader.
    """

    user: User
    role: str
    unit: Unit
    how: How


def fits(user: User, *, role: str, unit: Unit) -> bool:
    """Whether somebody has a role in the line of an open unit today, in person or by standing in."""
    if not user.is_active or user.is_service or role not in LEADER_LINE or _is_closed(unit):
        return False
    return any(held.role == role and held.unit_id == unit.pk for held in roles_of(user).held)


def next_owner(initiative: Initiative, *, without: Collection[UUID] = ()) -> NextOwner | None:
    """Who owns an initiative next; None where nobody of the municipality is left.

    Takes: without, people who are about to leave.
    """
    municipality, unit, role = initiative.municipality, initiative.owner_unit, initiative.owner_role
    if role in LEADER_LINE and not _is_closed(unit):
        same = holder_of(role, unit, municipality=municipality, without=without)
        if same.via in ("direct", "stand_in") and same.user is not None:
            return NextOwner(user=same.user, role=role, unit=unit, how="same_role")
    found = next_leader(unit, role, municipality=municipality, without=without)
    return _above(found, unit) or _of_those_away(initiative, without)


def owners_who_do_not_fit() -> QuerySet[Initiative]:
    """Unfinished initiatives whose owner is out of use, or has not the owner's role in person, or keeps the place."""
    today = clock.today()
    with scopes_disabled():
        has_role = RoleAssignment.objects.filter(
            holds_on(today),
            is_open_on(today),
            user_id=OuterRef("owner_id"),
            role=OuterRef("owner_role"),
            unit_id=OuterRef("owner_unit_id"),
        )
        unfit = Q(owner__is_active=False) | ~Q(owner_role__in=LEADER_LINE) | ~Exists(has_role)
        return Initiative.objects.filter(unfit, state__in=UNFINISHED)


def owned_by(user_id: UUID) -> QuerySet[Initiative]:
    """The unfinished initiatives that somebody owns, in every municipality."""
    with scopes_disabled():
        return Initiative.objects.filter(owner_id=user_id, state__in=UNFINISHED)


def owned_in(unit_id: UUID) -> QuerySet[Initiative]:
    """The unfinished initiatives whose owner has the role in a unit."""
    with scopes_disabled():
        return Initiative.objects.filter(owner_unit_id=unit_id, state__in=UNFINISHED)


def _is_closed(unit: Unit) -> bool:
    return unit.closed_on is not None and unit.closed_on <= clock.today()


def _above(found: Holder, unit: Unit) -> NextOwner | None:
    if found.user is None:
        return None
    if found.role in LEADER_LINE and found.unit is not None:
        return NextOwner(user=found.user, role=found.role, unit=found.unit, how="above")
    return NextOwner(user=found.user, role=Role.INNOVATION_ADVISER, unit=unit, how="keeper")


def _of_those_away(initiative: Initiative, without: Collection[UUID]) -> NextOwner | None:
    """Everybody above is away without a stand-in: the highest of those owns it all the same."""
    today = clock.today()
    with scopes_disabled():
        found = list(
            RoleAssignment.objects.filter(
                holds_on(today),
                is_open_on(today),
                municipality=initiative.municipality_id,
                role__in=[*LEADER_LINE, Role.INNOVATION_ADVISER],
                user__is_active=True,
                user__is_service=False,
            )
            .exclude(user_id__in=without)
            .select_related("user", "unit")
            .order_by(F("from_on"), "id")
        )
    leaders = [each for each in found if each.role in LEADER_LINE]
    if leaders:
        highest = max(leaders, key=lambda each: LEADER_LINE.index(Role(each.role)))
        return NextOwner(user=highest.user, role=highest.role, unit=highest.unit, how="above")
    return next((NextOwner(each.user, each.role, initiative.owner_unit, "keeper") for each in found), None)
