"""Who hears what of the life of an initiative, each once however often it is told."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from grobunn.accounts.models import User
from grobunn.initiatives.events import OwnerChanged
from grobunn.initiatives.handlers.owning import ask_new_owner, tell_former_owner
from grobunn.initiatives.models import Helper, Initiative
from grobunn.initiatives.services import ends, planning
from grobunn.initiatives.services.asking import ask_owners_again, ask_whether_to_go_on
from grobunn.initiatives.services.owners import change_owner
from grobunn.initiatives.tests.conftest import Town
from grobunn.initiatives.tests.factories import make_initiative
from grobunn.kernel import clock
from grobunn.kernel.actors import SYSTEM
from grobunn.kernel.models import StateChange
from grobunn.kernel.testing import run_jobs
from grobunn.notifications.models import Notice
from grobunn.notifications.testing import sent_mails
from grobunn.organisations.models import Role, RoleAssignment
from grobunn.organisations.services.roles import end_role

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def initiative(town: Town) -> Initiative:
    made = make_initiative(town.ward, owner=town.leader, by=town.adviser)
    Helper.objects.create(municipality=town.municipality, initiative=made, user=town.nurse, kind="it")
    run_jobs()
    Notice.objects.all().delete()
    return made


def _told() -> list[tuple[str, User | None]]:
    rows = Notice.objects.filter(kind__startswith="initiatives.").select_related("recipient").order_by("id")
    return [(row.kind.removeprefix("initiatives."), row.recipient) for row in rows]


def _give(town: Town, initiative: Initiative, actor: User) -> StateChange:
    return change_owner(initiative, to=town.director, role=Role.DIRECTOR, unit=town.office, actor=actor)


def test_the_new_owner_is_asked_and_the_former_told_once(town: Town, initiative: Initiative) -> None:
    change = _give(town, initiative, town.adviser)
    run_jobs()
    event = OwnerChanged(
        initiative_id=initiative.pk, municipality_id=town.municipality.pk, change_id=change.pk, edge=change.edge
    )
    ask_new_owner(event)
    tell_former_owner(event)

    assert sorted(_told(), key=str) == [("owner_asked", town.director), ("owner_gone", town.leader)]


def test_who_gives_it_away_is_not_told_of_it(town: Town, initiative: Initiative) -> None:
    _give(town, initiative, town.leader)
    run_jobs()

    assert _told() == [("owner_asked", town.director)]


def test_mail_says_why_and_leads_to_the_answer(town: Town, initiative: Initiative) -> None:
    end_role(RoleAssignment.objects.get(user=town.leader), last_day=clock.today() - timedelta(days=1), actor=SYSTEM)
    run_jobs()

    mail = sent_mails(town.director.email)[-1]
    assert "Du eier det nå: Sensorer i senger" in mail.subject
    assert "har sluttet eller er borte, og du er neste i linjen" in mail.text
    assert f"/initiativ/{initiative.reference}/steg/accept_owner/" in mail.text


def test_silent_owner_is_reminded_then_the_one_above_is_told(town: Town, initiative: Initiative) -> None:
    with clock.moved_to(MONDAY):
        change_owner(initiative, to=town.director, role=Role.DIRECTOR, unit=town.office, actor=town.leader)
        run_jobs()
    for days in (3, 8):
        with clock.moved_to(MONDAY + timedelta(days=days)):
            ask_owners_again()
            run_jobs()

    # Above the director nobody leads here: the innovation adviser hears.
    assert _told() == [
        ("owner_asked", town.director),
        ("owner_asked", town.director),
        ("owner_silent", town.adviser),
    ]


def test_those_who_help_hear_that_it_waits_and_ends_but_not_who_did_it(town: Town, initiative: Initiative) -> None:
    planning.pause(initiative, until=clock.today() + timedelta(days=2), reason="Venter på nett", actor=town.leader)
    run_jobs()
    assert _told() == [("moved", town.nurse)]

    ends.finish_learned(initiative, tried="Vi prøvde", learned="Det ga ikke effekt", actor=town.director)
    run_jobs()
    assert sorted(_told()[1:], key=str) == sorted([("ended", town.nurse), ("ended", town.leader)], key=str)


def test_owner_is_asked_on_the_day(town: Town, initiative: Initiative) -> None:
    with clock.moved_to(MONDAY):
        planning.pause(initiative, until=clock.today() + timedelta(days=2), reason="Venter", actor=town.leader)
    with clock.moved_to(MONDAY + timedelta(days=2)):
        ask_whether_to_go_on()
        run_jobs()

    assert _told() == [("moved", town.nurse), ("comes_back", town.leader)]


@pytest.mark.parametrize("state", ["underway", "paused", "operating", "learned"])
def test_page_shows_what_may_be_done_and_how_it_ended(
    town: Town, initiative: Initiative, client: Client, state: str
) -> None:
    if state == "paused":
        planning.pause(initiative, until=clock.today() + timedelta(days=2), reason="Venter", actor=town.leader)
    if state == "operating":
        ends.put_in_operation(
            initiative, runs_role=Role.UNIT_LEADER, runs_unit=town.ward, since=clock.today(), actor=town.leader
        )
    if state == "learned":
        ends.finish_learned(initiative, tried="Vi prøvde", learned="Det ga ikke effekt", actor=town.leader)
    client.force_login(town.leader)

    shown = client.get(f"/{town.municipality.slug}/initiativ/{initiative.reference}/").content.decode()

    said = {
        "underway": "/steg/pause/",
        "paused": "Det holder ikke på kapasitet",
        "operating": "Driftes av",
        "learned": "det fortjener applaus",
    }
    assert said[state] in shown
    assert ("/steg/put_in_operation/" in shown) is (state == "underway")
