"""Everyday work: milestones, tasks, risks, the log. What is kept, who may, and what a second tab is told."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django_scopes import scope

from grobunn.accounts.models import User
from grobunn.initiatives.models import Entry, Initiative, Milestone, MilestoneMove, Risk, Task
from grobunn.initiatives.queries.life import life_page, told_edges
from grobunn.initiatives.services import milestones, parts, tasks
from grobunn.initiatives.services.helping import add_helper, end_help
from grobunn.initiatives.states import MACHINE
from grobunn.initiatives.tests.conftest import Town
from grobunn.initiatives.tests.factories import make_initiative
from grobunn.kernel import clock, ids
from grobunn.notifications.models import Notice
from grobunn.organisations.models import Role
from grobunn.organisations.tests.factories import MunicipalityFactory, RoleAssignmentFactory, UnitFactory


@pytest.fixture
def initiative(town: Town) -> Initiative:
    return make_initiative(town.ward, owner=town.leader, by=town.adviser)


@pytest.fixture
def stranger(town: Town) -> User:
    """Somebody who leads a unit of another municipality."""
    elsewhere = MunicipalityFactory(is_in_use=True)
    with scope(municipality=elsewhere.pk):
        unit = UnitFactory(municipality=elsewhere)
        RoleAssignmentFactory(municipality=elsewhere, unit=unit, user=town.outsider, role=Role.UNIT_LEADER)
    return town.outsider


def _url(town: Town, initiative: Initiative, below: str = "") -> str:
    return f"/{town.municipality.slug}/initiativ/{initiative.reference}/{below}"


def _task(initiative: Initiative, town: Town, **fields: object) -> Task:
    return tasks.add_task(initiative, title="Bestill sensorer", actor=town.leader, **fields)  # type: ignore[arg-type]


def test_task_sent_twice_is_kept_once(town: Town, initiative: Initiative) -> None:
    key = ids.new_id()

    first = _task(initiative, town, key=key)
    second = _task(initiative, town, key=key)

    assert first == second
    assert Task.objects.count() == 1


def test_task_is_refused_to_whoever_does_not_help(town: Town, initiative: Initiative) -> None:
    with pytest.raises(PermissionDenied):
        tasks.add_task(initiative, title="Bestill sensorer", actor=town.nurse)

    assert Task.objects.count() == 0


def test_task_for_somebody_from_elsewhere_is_refused(town: Town, initiative: Initiative) -> None:
    with pytest.raises(tasks.NotAround):
        _task(initiative, town, assignee=town.outsider)

    assert Task.objects.count() == 0


def test_task_is_done_and_undone_by_whoever_has_it(town: Town, initiative: Initiative) -> None:
    task = _task(initiative, town, assignee=town.nurse)

    tasks.mark_task(task, is_done=True, actor=town.nurse)
    done_at = Task.objects.get().done_at
    tasks.mark_task(task, is_done=True, actor=town.nurse)

    assert done_at is not None
    assert Task.objects.get().done_at == done_at
    tasks.mark_task(task, is_done=False, actor=town.nurse)
    assert Task.objects.get().done_at is None


def test_change_by_a_second_tab_is_told_and_changes_nothing(town: Town, initiative: Initiative) -> None:
    task = _task(initiative, town)
    fields = {"title": "Bestill ti sensorer", "assignee": None, "due_on": None}
    seen = parts.fingerprint(task, fields)

    tasks.change_task(task, seen=seen, actor=town.leader, fields=fields)
    with pytest.raises(parts.PartChanged):
        tasks.change_task(task, seen=seen, actor=town.leader, fields={**fields, "title": "Noe annet"})

    assert Task.objects.get().title == "Bestill ti sensorer"


def test_removed_part_is_gone_and_can_be_put_back_for_a_day(town: Town, initiative: Initiative) -> None:
    risk = parts.add(
        Risk,
        initiative,
        actor=town.leader,
        fields={"text": "Nettet faller ut", "likelihood": 2, "gravity": 3, "measure": ""},
    )

    parts.remove(risk, actor=town.leader)
    assert not Risk.objects.exists()
    parts.put_back(risk, actor=town.leader)
    assert Risk.objects.get() == risk

    parts.remove(risk, actor=town.leader)
    assert parts.forget_removed() == 0
    with clock.moved_by(days=2):
        assert parts.forget_removed() == 1
    assert not Risk.with_removed.exists()


def test_identity_number_is_refused_and_nothing_is_kept(town: Town, initiative: Initiative) -> None:
    with pytest.raises(ValidationError):
        parts.add(Entry, initiative, actor=town.leader, fields={"text": "Gjelder 01010750160."})

    assert Entry.objects.count() == 0


def test_line_of_another_is_changed_by_whoever_leads_but_not_by_another_helper(
    town: Town, initiative: Initiative
) -> None:
    add_helper(initiative, user=town.nurse, kind="it", actor=town.leader)
    line = parts.add(Entry, initiative, actor=town.leader, fields={"text": "Vi fikk sensorene."})

    with pytest.raises(PermissionDenied):
        parts.change(line, actor=town.nurse, fields={"text": "Noe annet"})
    parts.change(line, actor=town.adviser, fields={"text": "Vi fikk ti sensorer."})

    assert Entry.objects.get().text == "Vi fikk ti sensorer."


def test_moved_milestone_tells_from_which_day_and_why(town: Town, initiative: Initiative) -> None:
    milestone = Milestone.objects.get(initiative=initiative)
    before, after = milestone.due_on, milestone.due_on + timedelta(days=30)
    key = ids.new_id()

    for _again in range(2):
        milestones.move(milestone, to=after, reason="Leverandøren er sein.", key=key, actor=town.leader)

    moved = MilestoneMove.objects.get()
    assert (moved.from_on, moved.to_on, moved.reason) == (before, after, "Leverandøren er sein.")
    assert [line.words for line in life_page(initiative).lines if line.kind == "move"] == ["Leverandøren er sein."]


def test_moved_milestone_that_another_moved_first_is_told(town: Town, initiative: Initiative) -> None:
    milestone = Milestone.objects.get(initiative=initiative)
    seen = milestone.due_on
    milestones.move(milestone, to=seen + timedelta(days=7), reason="Ferie.", seen=seen, actor=town.leader)

    with pytest.raises(parts.PartChanged):
        milestones.move(milestone, to=seen + timedelta(days=9), reason="Sykdom.", seen=seen, actor=town.leader)

    assert Milestone.objects.get().due_on == seen + timedelta(days=7)


def test_helper_sees_what_is_internal_until_the_help_ends(client: Client, town: Town) -> None:
    initiative = make_initiative(town.ward, owner=town.leader, by=town.adviser, visibility="internal")
    client.force_login(town.nurse)
    assert client.get(_url(town, initiative)).status_code == 404

    helper = add_helper(initiative, user=town.nurse, kind="it", actor=town.leader)
    assert client.get(_url(town, initiative)).status_code == 200

    end_help(helper, actor=town.leader)
    assert client.get(_url(town, initiative)).status_code == 404


def test_life_has_a_sentence_for_every_step() -> None:
    assert told_edges() == {"create", *(edge.name for edge in MACHINE.edges)}


def test_life_is_paged_without_leaving_anything_out(town: Town, initiative: Initiative) -> None:
    for number in range(7):
        parts.add(Entry, initiative, actor=town.leader, fields={"text": f"Linje {number}"})
    told: list[str] = []
    cursor = None

    for _page in range(5):
        page = life_page(initiative, cursor=cursor, size=2)
        told += [line.sentence for line in page.lines]
        cursor = page.next_cursor
        if cursor is None:
            break

    assert told[:7] == [f"Linje {number}" for number in reversed(range(7))]
    assert len(told) == 8


@pytest.mark.parametrize(
    ("below", "sent"),
    [
        ("oppgaver/", {"title": "Bestill sensorer"}),
        ("milepaler/", {"title": "Alle senger har sensor", "due_on": "2027-06-01"}),
        ("risikoer/", {"text": "Nettet faller ut", "likelihood": "2", "gravity": "3"}),
        ("logg/", {"text": "Vi fikk sensorene."}),
        ("filer/", {"title": "Avtale", "text": "Vi leier i ett år."}),
    ],
)
def test_each_page_of_parts_shows_what_was_added_and_refuses_others(
    client: Client, town: Town, initiative: Initiative, stranger: User, below: str, sent: dict[str, str]
) -> None:
    client.force_login(town.leader)
    added = client.post(_url(town, initiative, below), sent, follow=True)
    client.force_login(town.nurse)
    refused = client.post(_url(town, initiative, below), sent)
    client.force_login(stranger)
    hidden = client.get(_url(town, initiative, below))

    assert next(iter(sent.values())) in added.content.decode()
    assert (refused.status_code, hidden.status_code) == (403, 404)
    assert Notice.objects.count() == 0


def test_task_is_ticked_on_the_page_and_the_message_undoes_it(
    client: Client, town: Town, initiative: Initiative
) -> None:
    task = _task(initiative, town)
    client.force_login(town.leader)

    page = client.post(
        _url(town, initiative, f"oppgaver/{task.pk}/gjort/"), {"done": "1", "fra_siden": "1"}, follow=True
    )

    assert page.redirect_chain[-1][0] == f"{_url(town, initiative)}#tasks"
    assert 'name="done" value="0"' in page.content.decode()
    assert Task.objects.get().done_at is not None


def test_page_of_work_without_what_it_needs_says_what(client: Client, town: Town, initiative: Initiative) -> None:
    client.force_login(town.leader)

    answer = client.post(_url(town, initiative, "filer/"), {"title": "Avtale"})

    assert answer.status_code == 422
    assert Entry.objects.count() == 0


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_the_same_however_much_there_is(
    client: Client,
    town: Town,
    initiative: Initiative,
    django_assert_num_queries: Callable[..., Any],
    count: int,
) -> None:
    for number in range(count):
        _task(initiative, town, assignee=town.nurse)
        parts.add(Entry, initiative, actor=town.leader, fields={"text": f"Linje {number}"})
    client.force_login(town.leader)
    client.get(_url(town, initiative))

    with django_assert_num_queries(10):
        client.get(_url(town, initiative))
