"""Who owns it: given, asked, accepted, and never nobody when somebody leaves."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from grobunn.accounts.models import User
from grobunn.accounts.services.users import delete_user, take_out_of_use
from grobunn.initiatives.models import Initiative
from grobunn.initiatives.services.asking import ask_owners_again
from grobunn.initiatives.services.owners import (
    NotALeader,
    OnlyKeepsThePlace,
    OwnsItAlready,
    accept_owner,
    change_owner,
    find_missing_owners,
)
from grobunn.initiatives.tests.conftest import Town
from grobunn.initiatives.tests.factories import make_initiative
from grobunn.kernel import clock
from grobunn.kernel.actors import SYSTEM
from grobunn.kernel.models import StateChange
from grobunn.kernel.testing import run_jobs
from grobunn.organisations.models import Role, RoleAssignment
from grobunn.organisations.services.absence import set_absence
from grobunn.organisations.services.roles import end_role, give_role
from grobunn.organisations.services.units import close_unit


@pytest.fixture
def initiative(town: Town) -> Initiative:
    made = make_initiative(town.ward, owner=town.leader, by=town.adviser)
    run_jobs()
    return made


def _owner_of(initiative: Initiative) -> tuple[UUID | None, str, bool]:
    initiative.refresh_from_db()
    return initiative.owner_id, initiative.owner_role, initiative.is_owner_asked


def _end_role_of(user: User) -> None:
    assignment = RoleAssignment.objects.get(user=user)
    end_role(assignment, last_day=clock.today() - timedelta(days=1), actor=SYSTEM)


def _last_step(initiative: Initiative) -> StateChange:
    return StateChange.objects.filter(subject_id=initiative.pk).order_by("-id")[0]


def test_change_owner_asks_the_new_one_who_says_yes(town: Town, initiative: Initiative) -> None:
    change_owner(
        initiative, to=town.director, role=Role.DIRECTOR, unit=town.office, actor=town.leader, reason="Ny jobb"
    )

    assert _owner_of(initiative) == (town.director.pk, Role.DIRECTOR, True)
    accept_owner(initiative, actor=town.director)
    assert _owner_of(initiative) == (town.director.pk, Role.DIRECTOR, False)
    assert [row.edge for row in StateChange.objects.filter(subject_id=initiative.pk).order_by("id")] == [
        "create",
        "change_owner",
        "accept_owner",
    ]


def test_who_takes_it_themselves_is_not_asked(town: Town, initiative: Initiative) -> None:
    change_owner(initiative, to=town.director, role=Role.DIRECTOR, unit=town.office, actor=town.director)

    assert _owner_of(initiative) == (town.director.pk, Role.DIRECTOR, False)


def test_it_is_given_to_nobody_outside_the_line(town: Town, initiative: Initiative) -> None:
    for to, role, unit in (
        (town.nurse, Role.EMPLOYEE, town.ward),
        (town.nurse, Role.UNIT_LEADER, town.ward),
        (town.director, Role.DIRECTOR, town.ward),
        (town.adviser, Role.INNOVATION_ADVISER, town.office),
    ):
        with pytest.raises(NotALeader):
            change_owner(initiative, to=to, role=role, unit=unit, actor=town.leader)
    with pytest.raises(OwnsItAlready):
        change_owner(initiative, to=town.leader, role=Role.UNIT_LEADER, unit=town.ward, actor=town.leader)
    with pytest.raises(PermissionDenied):
        change_owner(initiative, to=town.director, role=Role.DIRECTOR, unit=town.office, actor=town.nurse)

    assert _owner_of(initiative) == (town.leader.pk, Role.UNIT_LEADER, False)
    assert _last_step(initiative).edge == "create"


def test_only_the_one_who_is_asked_says_yes(town: Town, initiative: Initiative) -> None:
    change_owner(initiative, to=town.director, role=Role.DIRECTOR, unit=town.office, actor=town.leader)

    with pytest.raises(PermissionDenied):
        accept_owner(initiative, actor=town.leader)

    assert _owner_of(initiative)[2] is True


def test_the_next_leader_upwards_is_asked_when_the_role_ends(town: Town, initiative: Initiative) -> None:
    _end_role_of(town.leader)
    run_jobs()

    assert _owner_of(initiative) == (town.director.pk, Role.DIRECTOR, True)
    assert _last_step(initiative).data["why"] == "role_ended"


def test_another_with_the_same_role_comes_before_the_leader_above(town: Town, initiative: Initiative) -> None:
    give_role(town.ward, user=town.nurse, role=Role.UNIT_LEADER, actor=SYSTEM)
    _end_role_of(town.leader)
    run_jobs()

    assert _owner_of(initiative) == (town.nurse.pk, Role.UNIT_LEADER, True)


def test_the_owner_keeps_it_while_a_stand_in_answers(town: Town, initiative: Initiative) -> None:
    month = clock.today() + timedelta(days=30)
    set_absence(
        town.municipality, user=town.leader, stand_in=town.nurse, from_on=clock.today(), to_on=month, actor=SYSTEM
    )
    run_jobs()

    assert _owner_of(initiative) == (town.leader.pk, Role.UNIT_LEADER, False)
    change_owner(initiative, to=town.director, role=Role.DIRECTOR, unit=town.office, actor=town.nurse)
    assert _owner_of(initiative)[0] == town.director.pk


@pytest.mark.parametrize(("days", "is_moved"), [(2, False), (30, True)])
def test_who_is_away_long_without_a_stand_in_loses_it(
    town: Town, initiative: Initiative, days: int, is_moved: bool
) -> None:
    until = clock.today() + timedelta(days=days)
    set_absence(town.municipality, user=town.leader, stand_in=None, from_on=clock.today(), to_on=until, actor=SYSTEM)
    run_jobs()

    assert (_owner_of(initiative)[0] == town.director.pk) is is_moved


def test_leaders_of_a_closed_unit_own_nothing(town: Town, initiative: Initiative) -> None:
    close_unit(town.ward, actor=SYSTEM)
    run_jobs()

    assert _owner_of(initiative) == (town.director.pk, Role.DIRECTOR, True)
    assert _last_step(initiative).data["why"] == "unit_closed"


def test_account_taken_out_of_use_owns_nothing(town: Town, initiative: Initiative) -> None:
    take_out_of_use(town.leader, actor=SYSTEM)
    run_jobs()

    assert _owner_of(initiative) == (town.director.pk, Role.DIRECTOR, True)


def test_deleting_an_account_hands_over_in_the_same_transaction(town: Town, initiative: Initiative) -> None:
    delete_user(town.leader, actor=town.leader)

    assert _owner_of(initiative) == (town.director.pk, Role.DIRECTOR, True)
    assert _last_step(initiative).data["why"] == "deleted"


def test_accounts_deleted_together_pass_it_on_until_one_is_left(town: Town, initiative: Initiative) -> None:
    User.objects.filter(pk__in=[town.leader.pk, town.director.pk]).delete()

    assert _owner_of(initiative) == (town.adviser.pk, Role.INNOVATION_ADVISER, True)


def test_database_refuses_to_empty_the_owner(town: Town, initiative: Initiative) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Initiative.objects.filter(pk=initiative.pk).update(owner=None)


def test_adviser_keeps_the_place_until_a_leader_comes(town: Town, initiative: Initiative) -> None:
    for user in (town.director, town.leader):
        delete_user(user, actor=SYSTEM)
    assert _owner_of(initiative) == (town.adviser.pk, Role.INNOVATION_ADVISER, True)
    with pytest.raises(OnlyKeepsThePlace):
        accept_owner(initiative, actor=town.adviser)

    give_role(town.office, user=town.nurse, role=Role.DIRECTOR, actor=SYSTEM)
    assert find_missing_owners() == 1

    assert _owner_of(initiative) == (town.nurse.pk, Role.DIRECTOR, True)
    assert _last_step(initiative).data["why"] == "leader_came"
    assert find_missing_owners() == 0


def test_the_municipality_itself_keeps_the_place_when_nobody_is_left(town: Town, initiative: Initiative) -> None:
    for user in (town.director, town.adviser, town.leader):
        delete_user(user, actor=SYSTEM)
    initiative.refresh_from_db()

    assert initiative.owner is not None
    assert (initiative.owner.name, initiative.owner.is_service) == (town.municipality.name, True)
    assert (initiative.owner_role, initiative.is_owner_asked) == (Role.INNOVATION_ADVISER, True)


def test_deleting_somebody_leaves_what_is_finished_without_a_name(town: Town, initiative: Initiative) -> None:
    Initiative.objects.filter(pk=initiative.pk).update(
        state="learned", tried="Vi prøvde.", learned="Det ga ikke effekt.", ended_at=clock.now()
    )

    delete_user(town.leader, actor=town.leader)

    assert _owner_of(initiative) == (None, Role.UNIT_LEADER, False)


def test_missed_news_is_made_up_for_at_night(town: Town, initiative: Initiative) -> None:
    RoleAssignment.objects.filter(user=town.leader).delete()

    assert find_missing_owners() == 1

    assert _owner_of(initiative) == (town.director.pk, Role.DIRECTOR, True)


def test_who_does_not_answer_is_reminded_once_then_told_above_once(town: Town, initiative: Initiative) -> None:
    monday = datetime(2026, 11, 23, 9, tzinfo=UTC)
    with clock.moved_to(monday):
        change_owner(initiative, to=town.director, role=Role.DIRECTOR, unit=town.office, actor=town.leader)
    nudges = []
    for days in (1, 3, 4, 8, 9):
        with clock.moved_to(monday + timedelta(days=days)):
            nudges.append(ask_owners_again())

    assert nudges == [0, 1, 0, 1, 0]
