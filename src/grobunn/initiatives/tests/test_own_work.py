"""What one person has to do with initiatives."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from grobunn.capacity.models import HoursUsed
from grobunn.initiatives.models import Helper, Initiative, Task
from grobunn.initiatives.queries.deciders import decider_of
from grobunn.initiatives.queries.own_work import initiative_work_of
from grobunn.initiatives.services.owners import change_owner
from grobunn.initiatives.tests.conftest import Town
from grobunn.initiatives.tests.factories import make_initiative
from grobunn.kernel import clock
from grobunn.kernel.models import StateChange
from grobunn.methods.queries import method_of
from grobunn.methods.shapes import Gate
from grobunn.organisations.models import Role
from grobunn.organisations.tests.factories import AbsenceFactory, RoleAssignmentFactory


@pytest.fixture
def initiative(town: Town) -> Initiative:
    return make_initiative(town.ward, owner=town.leader, by=town.adviser)


def _ask(initiative: Initiative, decided_by: str, edge: str = "ask_decision") -> None:
    StateChange.objects.create(
        machine="initiatives",
        subject_id=initiative.pk,
        municipality_id=initiative.municipality_id,
        edge=edge,
        from_state="underway",
        to_state="underway",
        actor_kind="system",
        data={"decided_by": decided_by},
        at=clock.now(),
    )


def test_owner_sees_what_they_own_and_whoever_is_asked_the_question(
    town: Town, initiative: Initiative, client: Client
) -> None:
    assert initiative_work_of(town.leader).owned == [initiative]
    assert initiative_work_of(town.director).is_empty

    change_owner(initiative, to=town.director, role=Role.DIRECTOR, unit=town.office, actor=town.leader)
    client.force_login(town.director)

    assert initiative_work_of(town.leader).is_empty
    assert "/steg/accept_owner/" in client.get("/mitt-arbeid/").content.decode()


@pytest.mark.parametrize(("decided_by", "who"), [("owner", "leader"), ("leader", "director")])
def test_gate_waits_for_whoever_decides_until_it_is_decided(
    town: Town, initiative: Initiative, decided_by: str, who: str
) -> None:
    people = {"leader": town.leader, "director": town.director, "nurse": town.nurse}
    _ask(initiative, decided_by)

    waiting = [name for name, user in people.items() if initiative_work_of(user).to_decide]
    _ask(initiative, "", edge="pass_gate")
    later = [name for name, user in people.items() if initiative_work_of(user).to_decide]

    assert (waiting, later) == ([who], [])


def test_tasks_and_hours_of_the_week_until_they_are_done_and_told(town: Town, initiative: Initiative) -> None:
    task = Task.objects.create(
        municipality=town.municipality, initiative=initiative, title="Ring leverandøren", assignee=town.nurse
    )
    Helper.objects.create(municipality=town.municipality, initiative=initiative, user=town.nurse, kind="it")
    work = initiative_work_of(town.nurse)
    assert (work.tasks, work.helped) == ([task], [initiative])

    Task.objects.filter(pk=task.pk).update(done_at=clock.now())
    HoursUsed.objects.create(
        municipality=town.municipality,
        claim_sort="initiative",
        claim_id=initiative.pk,
        kind="it",
        helper=town.nurse,
        week_on=clock.today() - timedelta(days=clock.today().weekday()),
        hours=Decimal(3),
    )

    assert initiative_work_of(town.nurse).is_empty


@pytest.mark.parametrize("count", [1, 3])
def test_own_work_asks_as_much_of_one_as_of_three(
    town: Town, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for _number in range(count):
        made = make_initiative(town.ward, owner=town.leader, by=town.adviser)
        _ask(made, "owner")

    with django_assert_num_queries(6):
        work = initiative_work_of(town.leader)

    assert (len(work.owned), len(work.to_decide)) == (count, count)


def test_gate_waits_for_the_nearest_leader_alone_and_for_the_next_while_that_one_is_away(
    town: Town, initiative: Initiative
) -> None:
    top = RoleAssignmentFactory(unit=town.office, role=Role.CHIEF_EXEC).user
    _ask(initiative, "leader")
    assert [each.pk for each in initiative_work_of(town.director).to_decide] == [initiative.pk]
    assert initiative_work_of(top).to_decide == []

    AbsenceFactory(municipality=town.municipality, user=town.director)

    assert [each.pk for each in initiative_work_of(top).to_decide] == [initiative.pk]


def test_stand_in_sees_what_they_answer_for_and_decide_while_the_owner_is_away(
    town: Town, initiative: Initiative
) -> None:
    _ask(initiative, "owner")
    assert initiative_work_of(town.nurse).is_empty

    AbsenceFactory(municipality=town.municipality, user=town.leader, stand_in=town.nurse)

    work = initiative_work_of(town.nurse)
    assert (work.stood_in, work.to_decide, work.owned) == ([initiative], [initiative], [])
    assert decider_of(initiative, _gate("owner")) == town.nurse


@pytest.mark.parametrize("count", [1, 3])
def test_own_work_of_a_leader_asks_as_much_of_one_as_of_three(
    town: Town, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for _number in range(count):
        _ask(make_initiative(town.ward, owner=town.leader, by=town.adviser), "leader")

    with django_assert_num_queries(10):
        work = initiative_work_of(town.director)

    assert len(work.to_decide) == count


def _gate(decided_by: str) -> Gate:
    method = method_of(None, "prosjektveiviseren")
    assert method is not None
    gate = method.phases[0].gate
    assert gate is not None
    return replace(gate, decided_by=decided_by)
