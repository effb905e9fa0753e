"""Whatever happens to the people of a municipality, an unfinished initiative has an owner, and an active one."""

from collections.abc import Callable
from datetime import timedelta
from typing import ClassVar

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from grobunn.accounts.models import User
from grobunn.accounts.services.users import delete_user, take_into_use_again, take_out_of_use
from grobunn.initiatives.models import Initiative
from grobunn.initiatives.services.owners import accept_owner, change_owner, find_missing_owners
from grobunn.initiatives.states import UNFINISHED
from grobunn.initiatives.tests.conftest import Town
from grobunn.initiatives.tests.factories import make_initiative
from grobunn.kernel import clock
from grobunn.kernel.actors import SYSTEM
from grobunn.kernel.statemachine import TransitionRefused
from grobunn.kernel.testing import run_jobs
from grobunn.organisations.errors import SetUpRefused
from grobunn.organisations.models import Role, RoleAssignment, Unit
from grobunn.organisations.services.absence import set_absence
from grobunn.organisations.services.roles import end_role, give_role
from grobunn.organisations.services.units import close_unit

PEOPLE = ("nurse", "leader", "adviser", "director", "outsider")
PERSON = st.integers(0, len(PEOPLE) - 1)
LINE = st.sampled_from([Role.DEPT_LEADER, Role.UNIT_LEADER, Role.DIRECTOR, Role.CHIEF_EXEC, Role.INNOVATION_ADVISER])


class People(RuleBasedStateMachine):
    """People of a town who come, go, are away and stand in for each other."""

    town: ClassVar[Town]

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        # As the block that a test case opens: what insists on its own transaction is satisfied inside it.
        self.atomic._from_testcase = True  # type: ignore[attr-defined]
        self.atomic.__enter__()
        self.people = [getattr(self.town, name) for name in PEOPLE]
        self.initiative = make_initiative(self.town.ward, owner=self.town.leader, by=self.town.adviser)
        run_jobs()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    def _person(self, number: int) -> User | None:
        return User.objects.filter(pk=self.people[number].pk).first()

    def _fresh(self) -> Initiative:
        return Initiative.objects.select_related("municipality", "owner", "owner_unit").get(pk=self.initiative.pk)

    @rule(number=PERSON, role=LINE, is_ward=st.booleans())
    def get_a_role(self, number: int, role: Role, is_ward: bool) -> None:
        person, unit = self._person(number), Unit.objects.get(pk=(self.town.ward if is_ward else self.town.office).pk)
        if person is not None:
            _try(lambda: give_role(unit, user=person, role=role, actor=SYSTEM))

    @rule(number=PERSON)
    def lose_roles(self, number: int) -> None:
        for held in RoleAssignment.objects.filter(user=self.people[number].pk, to_on=None).select_related("user"):
            if held.from_on < clock.today():
                _try(lambda held=held: end_role(held, last_day=clock.today() - timedelta(days=1), actor=SYSTEM))

    @rule(number=PERSON, other=PERSON, has_stand_in=st.booleans())
    def go_away(self, number: int, other: int, has_stand_in: bool) -> None:
        person, stand_in = self._person(number), self._person(other) if has_stand_in else None
        month = clock.today() + timedelta(days=30)
        if person is not None:
            _try(
                lambda: set_absence(
                    self.town.municipality,
                    user=person,
                    stand_in=stand_in,
                    from_on=clock.today(),
                    to_on=month,
                    actor=SYSTEM,
                )
            )

    @rule(number=PERSON)
    def leave(self, number: int) -> None:
        if (person := self._person(number)) is not None:
            take_out_of_use(person, actor=SYSTEM)

    @rule(number=PERSON)
    def come_back(self, number: int) -> None:
        if (person := self._person(number)) is not None:
            take_into_use_again(person, actor=SYSTEM)

    @rule(number=PERSON)
    def delete(self, number: int) -> None:
        if (person := self._person(number)) is not None:
            delete_user(person, actor=SYSTEM)

    @rule(is_ward=st.booleans())
    def close(self, is_ward: bool) -> None:
        _try(
            lambda: close_unit(Unit.objects.get(pk=(self.town.ward if is_ward else self.town.office).pk), actor=SYSTEM)
        )

    @rule(number=PERSON, role=LINE)
    def give_on(self, number: int, role: Role) -> None:
        initiative, person = self._fresh(), self._person(number)
        if person is not None and initiative.owner is not None:
            _try(
                lambda: change_owner(
                    initiative, to=person, role=role, unit=initiative.owner_unit, actor=initiative.owner or person
                )
            )

    @rule()
    def say_yes(self) -> None:
        initiative = self._fresh()
        if initiative.owner is not None:
            _try(lambda: accept_owner(initiative, actor=initiative.owner or SYSTEM))

    @rule()
    def a_night_passes(self) -> None:
        run_jobs()
        find_missing_owners()
        self._check_active()

    @invariant()
    def has_an_owner_at_any_moment(self) -> None:
        assert not Initiative.objects.filter(state__in=UNFINISHED, owner=None).exists()

    def _check_active(self) -> None:
        assert [each for each in Initiative.objects.filter(state__in=UNFINISHED) if not _is_active(each)] == []


def _is_active(initiative: Initiative) -> bool:
    return initiative.owner is not None and initiative.owner.is_active


def _try(act: Callable[[], object]) -> None:
    """What is refused changes nothing."""
    try:
        with transaction.atomic():
            act()
    except (TransitionRefused, SetUpRefused, PermissionDenied):
        return


@pytest.mark.filterwarnings("ignore::hypothesis.errors.HypothesisWarning")
def test_no_sequence_of_leavings_leaves_it_without_an_active_owner(town: Town) -> None:
    run_state_machine_as_test(
        type("PeopleHere", (People,), {"town": town}),
        settings=settings(
            max_examples=12,
            stateful_step_count=14,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )
