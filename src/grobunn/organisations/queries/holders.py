"""Who has it: the person who fills a role on a day, and the next leader upwards."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from django.db.models import Q
from django_scopes import scopes_disabled

from grobunn.accounts.models import User
from grobunn.kernel import clock
from grobunn.organisations.models import LEADER_LINE, Absence, Municipality, Role, RoleAssignment, Unit
from grobunn.organisations.queries.roles import holds_on, lasts_on
from grobunn.organisations.queries.units import ancestor_ids, linked_units

Via = Literal["direct", "stand_in", "adviser", "mailbox"]


@dataclass(frozen=True)
class Holder:
    """Who answers: a role in a unit, the person who fills it today (None: its mailbox), and how that was found."""

    unit: Unit | None
    role: str
    user: User | None
    via: Via


def holder_of(
    role: str, unit: Unit | None, *, municipality: Municipality, on: date | None = None, without: Collection[UUID] = ()
) -> Holder:
    """Who fills a role in a unit on a day; never nobody.

    Whoever is away is replaced by the stand-in; a role that nobody fills falls to the innovation adviser, and where
    there is none to the municipality's mailbox.

    Takes: without, people who are about to leave.
    """
    on = on or clock.today()
    wanted = Q(role=Role.INNOVATION_ADVISER)
    if unit is not None:
        wanted |= Q(role=role, unit_id=unit.pk)
    assignments = _assignments(wanted, municipality=municipality, on=on, without=without)
    away = _away(municipality, on, without)
    direct = [each for each in assignments if unit is not None and each.role == role and each.unit_id == unit.pk]
    return (
        _filled(direct, away)
        or _filled([each for each in assignments if each.role == Role.INNOVATION_ADVISER], away, via="adviser")
        or Holder(unit=unit, role=Role.INNOVATION_ADVISER, user=None, via="mailbox")
    )


def filled_roles(municipality_id: UUID) -> frozenset[tuple[str, UUID]]:
    """The roles that somebody has today, each with its unit; whoever is away has the role still. One SQL."""
    today = clock.today()
    with scopes_disabled():
        held = RoleAssignment.objects.filter(
            holds_on(today), is_open_on(today), municipality_id=municipality_id, user__is_active=True
        )
        return frozenset(held.values_list("role", "unit_id"))


def next_leader(
    unit: Unit | None,
    above_role: str,
    *,
    municipality: Municipality,
    on: date | None = None,
    without: Collection[UUID] = (),
) -> Holder:
    """The next leader upwards who is there: in the unit itself, then in each unit above it, to the chief executive.

    Takes: above_role, the role that has not answered; one outside the line of leaders counts as below all of them;
           without, people who are about to leave.
    """
    on = on or clock.today()
    higher = _roles_above(above_role)
    wanted = Q(role__in=[*higher, Role.CHIEF_EXEC, Role.INNOVATION_ADVISER])
    line = [] if unit is None else [unit.pk, *ancestor_ids(unit)]
    assignments = _assignments(
        wanted & (Q(unit_id__in=line) | Q(role__in=[Role.CHIEF_EXEC, Role.INNOVATION_ADVISER])),
        municipality=municipality,
        on=on,
        without=without,
    )
    found = _next_above(line, higher, assignments=assignments, away=_away(municipality, on, without))
    return found or Holder(unit=unit, role=Role.INNOVATION_ADVISER, user=None, via="mailbox")


def next_leaders(places: Collection[tuple[UUID, str]], *, municipality: Municipality) -> dict[tuple[UUID, str], User]:
    """`next_leader` of many places today; those that only the mailbox is left for are left out. Three SQL in all.

    Takes: places, each the id of a unit of the municipality and the role that has not answered.
    """
    today = clock.today()
    assignments = _assignments(
        Q(role__in=[*LEADER_LINE, Role.INNOVATION_ADVISER]), municipality=municipality, on=today, without=()
    )
    away = _away(municipality, today, ())
    units = linked_units(municipality.pk, with_closed=True)
    found: dict[tuple[UUID, str], User] = {}
    for unit_id, role in set(places):
        line, above = [unit_id], units[unit_id].parent_id
        while above is not None:
            line.append(above)
            above = units[above].parent_id
        holder = _next_above(line, _roles_above(role), assignments=assignments, away=away)
        if holder is not None and holder.user is not None:
            found[unit_id, role] = holder.user
    return found


def stand_in_of(user_id: UUID, *, municipality: Municipality) -> User | None:
    """Who answers today for somebody who is away; None where they are there, or nobody stands in. One SQL."""
    return _present_stand_in(user_id, _away(municipality, clock.today(), ()))


def _roles_above(role: str) -> Sequence[Role]:
    return LEADER_LINE[LEADER_LINE.index(Role(role)) + 1 :] if role in LEADER_LINE else LEADER_LINE


def _next_above(
    line: Sequence[UUID],
    higher: Sequence[Role],
    *,
    assignments: Sequence[RoleAssignment],
    away: dict[UUID, User | None],
) -> Holder | None:
    """The next leader who is there. Takes: line, the unit and those above it, nearest first; higher, the roles."""
    for unit_id in line:
        for role in higher:
            found = _filled([each for each in assignments if each.unit_id == unit_id and each.role == role], away)
            if found is not None:
                return found
    chiefs = [each for each in assignments if each.role == Role.CHIEF_EXEC]
    advisers = [each for each in assignments if each.role == Role.INNOVATION_ADVISER]
    return _filled(chiefs, away) or _filled(advisers, away, via="adviser")


def _assignments(wanted: Q, *, municipality: Municipality, on: date, without: Collection[UUID]) -> list[RoleAssignment]:
    with scopes_disabled():
        return list(
            RoleAssignment.objects.filter(
                wanted,
                holds_on(on),
                is_open_on(on),
                municipality=municipality,
                user__is_active=True,
                user__is_service=False,
            )
            .exclude(user_id__in=without)
            .select_related("user", "unit")
            .order_by("from_on", "id")
        )


def is_open_on(on: date) -> Q:
    """Role assignments whose unit is not closed on a day."""
    return Q(unit__closed_on__isnull=True) | Q(unit__closed_on__gt=on)


def _away(municipality: Municipality, on: date, without: Collection[UUID]) -> dict[UUID, User | None]:
    """Everybody who is away on a day, and their stand-ins; one who is about to leave stands in for nobody."""
    with scopes_disabled():
        absences = Absence.objects.filter(lasts_on(on), municipality=municipality).select_related("stand_in")
        return {
            each.user_id: None if each.stand_in_id in without else each.stand_in
            for each in absences.order_by("from_on", "id")
        }


def _filled(assignments: Sequence[RoleAssignment], away: dict[UUID, User | None], via: Via = "direct") -> Holder | None:
    """The first assignment whose person is there, else the first whose stand-in is."""
    for each in assignments:
        if each.user_id not in away:
            return Holder(unit=each.unit, role=each.role, user=each.user, via=via)
    for each in assignments:
        stand_in = _present_stand_in(each.user_id, away)
        if stand_in is not None:
            return Holder(unit=each.unit, role=each.role, user=stand_in, via="stand_in" if via == "direct" else via)
    return None


def _present_stand_in(user_id: UUID, away: dict[UUID, User | None]) -> User | None:
    """Follow stand-ins of stand-ins until one is there; two who stand in for each other lead nowhere."""
    met: set[UUID] = set()
    while user_id in away and user_id not in met:
        met.add(user_id)
        stand_in = away[user_id]
        if stand_in is None or not stand_in.is_active:
            return None
        if stand_in.pk not in away:
            return stand_in
        user_id = stand_in.pk
    return None
