"""Leaving and being away: what is written, what is refused, what is told."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django_scopes import scopes_disabled

from grobunn.accounts.tests.factories import UserFactory
from grobunn.kernel import clock, events
from grobunn.kernel.actors import SYSTEM
from grobunn.kernel.models import AuditEntry
from grobunn.kernel.testing import run_jobs
from grobunn.organisations import jobs, queries
from grobunn.organisations.errors import (
    AwayAlready,
    EndsBeforeStart,
    NobodyLeftToSetUp,
    RoleAlreadyHeld,
    StandInUnfit,
)
from grobunn.organisations.events import AbsenceSet, RoleEnded
from grobunn.organisations.models import Absence, Role, RoleAssignment
from grobunn.organisations.services.absence import end_absence, set_absence
from grobunn.organisations.services.roles import end_role, give_role
from grobunn.organisations.tests.factories import RoleAssignmentFactory, UnitFactory, adviser_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def told() -> Iterator[list[Any]]:
    """Events of leaving and absence, as a feature above hears them."""
    heard: list[Any] = []

    def listen(event: events.Event) -> None:
        heard.append(event)

    before = {name: dict(events._handlers.get(name, {})) for name in (RoleEnded.name, AbsenceSet.name)}
    events.subscribe(RoleEnded, AbsenceSet)(listen)
    yield heard
    events._handlers.update(before)


def day(offset: int) -> Any:
    return clock.today() + timedelta(days=offset)


def test_give_role_counts_from_today() -> None:
    unit, user = UnitFactory(), UserFactory()
    assert not queries.is_member(user, unit.municipality_id)

    assignment = give_role(unit, user=user, role=Role.UNIT_LEADER, actor=SYSTEM)

    assert (assignment.from_on, assignment.to_on) == (clock.today(), None)
    assert queries.is_member(user, unit.municipality_id)
    entry = AuditEntry.objects.get(action="organisations.give_role")
    assert entry.data == {"role": "unit_leader", "unit": str(unit.pk), "user": str(user.pk)}


@pytest.mark.parametrize(("first", "last"), [(-10, None), (0, 0), (20, 40)])
def test_give_role_twice_at_the_same_time_is_refused(first: int, last: int | None) -> None:
    unit, user = UnitFactory(), UserFactory()
    give_role(unit, user=user, role=Role.EMPLOYEE, from_on=day(-5), to_on=day(30), actor=SYSTEM)

    with pytest.raises(RoleAlreadyHeld):
        give_role(
            unit,
            user=user,
            role=Role.EMPLOYEE,
            from_on=day(first),
            to_on=None if last is None else day(last),
            actor=SYSTEM,
        )

    give_role(unit, user=user, role=Role.EMPLOYEE, from_on=day(31), actor=SYSTEM)
    give_role(unit, user=user, role=Role.UNION, actor=SYSTEM)


def test_give_role_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(EndsBeforeStart):
        give_role(UnitFactory(), user=UserFactory(), role=Role.EMPLOYEE, to_on=day(-1), actor=SYSTEM)


def test_role_that_ends_today_is_told_the_day_after_once(told: list[Any]) -> None:
    assignment = RoleAssignmentFactory(role=Role.UNIT_LEADER)

    end_role(assignment, last_day=clock.today(), actor=SYSTEM)
    jobs.tell_ended_roles()
    run_jobs()
    assert told == []

    with clock.moved_by(days=1):
        jobs.tell_ended_roles()
        jobs.tell_ended_roles()
        run_jobs()
    (event,) = told
    assert (event.user_id, event.role, event.last_day) == (assignment.user_id, "unit_leader", clock.today())


def test_role_that_ended_before_today_is_told_at_once(told: list[Any]) -> None:
    assignment = RoleAssignmentFactory(from_on=day(-10))

    end_role(assignment, last_day=day(-1), actor=SYSTEM)
    jobs.tell_ended_roles()
    run_jobs()

    assert [event.last_day for event in told] == [day(-1)]


def test_ended_role_can_be_taken_up_again() -> None:
    assignment = RoleAssignmentFactory()
    end_role(assignment, last_day=clock.today(), actor=SYSTEM)

    end_role(assignment, last_day=None, actor=SYSTEM)

    with clock.moved_by(days=5):
        assert queries.is_member(assignment.user, assignment.municipality_id)


def test_last_who_can_set_up_keeps_the_role() -> None:
    unit = UnitFactory()
    only = RoleAssignmentFactory(unit=unit, role=Role.INNOVATION_ADVISER)
    RoleAssignmentFactory(unit=unit, role=Role.CHIEF_EXEC, user=UserFactory(is_active=False))
    RoleAssignmentFactory(role=Role.CHIEF_EXEC)

    with pytest.raises(NobodyLeftToSetUp):
        end_role(only, last_day=day(3), actor=SYSTEM)

    with scopes_disabled():
        assert RoleAssignment.objects.get(pk=only.pk).to_on is None
    adviser_of(unit.municipality)
    assert end_role(only, last_day=day(3), actor=SYSTEM).to_on == day(3)


def test_absence_is_told_when_it_begins(told: list[Any]) -> None:
    unit = UnitFactory()
    leader = RoleAssignmentFactory(unit=unit, role=Role.UNIT_LEADER).user
    stand_in = RoleAssignmentFactory(unit=unit).user

    set_absence(unit.municipality, user=leader, stand_in=stand_in, from_on=day(1), to_on=day(3), actor=leader)
    jobs.tell_absences()
    run_jobs()
    assert told == []
    assert queries.holder_of(Role.UNIT_LEADER, unit, municipality=unit.municipality).user == leader

    with clock.moved_by(days=1):
        jobs.tell_absences()
        jobs.tell_absences()
        run_jobs()
        assert queries.holder_of(Role.UNIT_LEADER, unit, municipality=unit.municipality).user == stand_in
    assert [(event.user_id, event.stand_in_id) for event in told] == [(leader.pk, stand_in.pk)]


def test_absence_that_has_begun_is_told_at_once(told: list[Any]) -> None:
    leader = RoleAssignmentFactory(role=Role.UNIT_LEADER)

    set_absence(leader.municipality, user=leader.user, stand_in=None, from_on=day(0), to_on=day(0), actor=leader.user)
    jobs.tell_absences()
    run_jobs()

    assert [event.stand_in_id for event in told] == [None]


def test_absence_that_overlaps_another_is_refused() -> None:
    leader = RoleAssignmentFactory()
    set_absence(leader.municipality, user=leader.user, stand_in=None, from_on=day(0), to_on=day(5), actor=SYSTEM)

    with pytest.raises(AwayAlready):
        set_absence(leader.municipality, user=leader.user, stand_in=None, from_on=day(5), to_on=day(6), actor=SYSTEM)


def test_stand_in_from_elsewhere_or_oneself_is_refused() -> None:
    leader = RoleAssignmentFactory()

    for stand_in in (leader.user, RoleAssignmentFactory().user):
        with pytest.raises(StandInUnfit):
            set_absence(
                leader.municipality, user=leader.user, stand_in=stand_in, from_on=day(0), to_on=day(1), actor=SYSTEM
            )
    with scopes_disabled():
        assert Absence.objects.count() == 0


def test_end_absence_brings_the_person_back_today() -> None:
    unit = UnitFactory()
    leader = RoleAssignmentFactory(unit=unit, role=Role.UNIT_LEADER).user
    begun = set_absence(unit.municipality, user=leader, stand_in=None, from_on=day(-3), to_on=day(3), actor=SYSTEM)
    planned = set_absence(unit.municipality, user=leader, stand_in=None, from_on=day(10), to_on=day(13), actor=SYSTEM)

    end_absence(begun, actor=SYSTEM)
    end_absence(planned, actor=SYSTEM)

    assert queries.holder_of(Role.UNIT_LEADER, unit, municipality=unit.municipality).user == leader
    with scopes_disabled():
        assert list(Absence.objects.values_list("to_on", flat=True)) == [day(-1)]


def test_absences_are_forgotten_after_ninety_days() -> None:
    leader = RoleAssignmentFactory()
    set_absence(leader.municipality, user=leader.user, stand_in=None, from_on=day(0), to_on=day(0), actor=SYSTEM)

    for days, left in ((90, 1), (91, 0)):
        with clock.moved_by(days=days):
            jobs.forget_absences()
        with scopes_disabled():
            assert Absence.objects.count() == left
