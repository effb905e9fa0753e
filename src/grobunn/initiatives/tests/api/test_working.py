"""Everyday work in the API: reports, tasks and milestones, and who is refused."""

import pytest

from grobunn.accounts.tests.asking import Ask
from grobunn.initiatives.models import Initiative, Milestone, Report, Task
from grobunn.initiatives.tests.conftest import Town
from grobunn.initiatives.tests.factories import make_initiative
from grobunn.kernel import ids

REPORT = {"done": "Ti senger har sensor.", "signal": "watch", "status": "Litt etter."}


@pytest.fixture
def initiative(town: Town) -> Initiative:
    return make_initiative(town.ward, owner=town.leader, by=town.adviser)


def test_report_is_kept_once_and_is_the_status(ask: Ask, town: Town, initiative: Initiative) -> None:
    sent = {**REPORT, "key": str(ids.new_id())}

    answers = [ask("post", f"initiatives/{initiative.reference}/reports", sent, by=town.leader) for _each in range(2)]

    assert [answer.status_code for answer in answers] == [201, 201]
    assert Report.objects.count() == 1
    assert ask("get", f"initiatives/{initiative.reference}", by=town.nurse).json()["status"] == "Litt etter."


def test_report_of_somebody_else_is_refused(ask: Ask, town: Town, initiative: Initiative) -> None:
    answer = ask("post", f"initiatives/{initiative.reference}/reports", REPORT, by=town.nurse)

    assert answer.status_code == 403
    assert Report.objects.count() == 0


def test_report_with_a_token_that_only_reads_is_refused(ask: Ask, town: Town, initiative: Initiative) -> None:
    address = f"initiatives/{initiative.reference}/reports"

    answer = ask("post", address, REPORT, by=town.leader, scopes=frozenset({"initiatives:read"}))

    assert answer.status_code == 403
    assert Report.objects.count() == 0


def test_task_is_given_to_a_colleague_and_ticked(ask: Ask, town: Town, initiative: Initiative) -> None:
    address = f"initiatives/{initiative.reference}/tasks"
    sent = {"title": "Bestill sensorer", "assignee": town.nurse.email}

    task = ask("post", address, sent, by=town.leader).json()
    done = ask("post", f"{address}/{task['id']}/done", {"is_done": True}, by=town.nurse)

    assert done.json()["done_at"] is not None
    assert [each["assignee"] for each in ask("get", address, by=town.director).json()] == [town.nurse.name]


def test_task_for_nobody_known_is_refused(ask: Ask, town: Town, initiative: Initiative) -> None:
    sent = {"title": "Bestill sensorer", "assignee": "ingen@example.no"}

    answer = ask("post", f"initiatives/{initiative.reference}/tasks", sent, by=town.leader)

    assert answer.status_code == 422
    assert Task.objects.count() == 0


def test_milestone_is_added_and_reached(ask: Ask, town: Town, initiative: Initiative) -> None:
    address = f"initiatives/{initiative.reference}/milestones"

    added = ask("post", address, {"title": "Alle senger", "due_on": "2027-06-01"}, by=town.leader).json()
    reached = ask("post", f"{address}/{added['id']}/reached", {"is_done": True}, by=town.leader).json()

    assert reached["reached_on"] is not None
    assert Milestone.objects.filter(initiative=initiative).count() == 2


def test_work_of_an_initiative_that_one_does_not_see_is_not_found(ask: Ask, town: Town, initiative: Initiative) -> None:
    answer = ask("get", f"initiatives/{initiative.reference}/tasks", by=town.outsider)

    assert answer.status_code == 404
