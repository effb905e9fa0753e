"""My work: what somebody owes, waits for, wrote and follows."""

import pytest
from django.test import Client
from django_scopes import scope
from pytest_django import DjangoAssertNumQueries

from grobunn.discussion.services.follow import make_follower
from grobunn.ideas.models import Idea, Visibility
from grobunn.ideas.services import answer
from grobunn.ideas.services.join import join_idea
from grobunn.ideas.tests.conftest import Town
from grobunn.ideas.tests.factories import make_idea
from grobunn.organisations.models import Role
from grobunn.organisations.tests.factories import MunicipalityFactory, RoleAssignmentFactory, UnitFactory


def _work(client: Client, user: object) -> dict[str, list[Idea]]:
    client.force_login(user)  # type: ignore[arg-type]
    work = client.get("/mitt-arbeid/").context["work"]
    return {name: getattr(work, name) for name in ("owed", "waited_for", "written", "followed")}


def test_work_of_writer_shows_what_waits_with_the_question_first(client: Client, town: Town) -> None:
    waiting = make_idea(town.municipality, writer=town.nurse)
    asked = make_idea(town.municipality, writer=town.nurse)
    answer.ask(asked, actor=town.adviser, reason="Hvilken inngang?")
    answered = make_idea(town.municipality, writer=town.nurse)
    answer.decline(answered, actor=town.adviser, reason="Nei, fordi.")

    assert _work(client, town.nurse) == {
        "owed": [],
        "waited_for": [asked, waiting],
        "written": [answered],
        "followed": [],
    }


def test_work_of_leader_shows_what_is_owed_in_every_municipality(client: Client, town: Town) -> None:
    mine = make_idea(town.municipality, unit=town.ward)
    make_idea(town.municipality)
    neighbour = MunicipalityFactory()
    with scope(municipality=neighbour.pk):
        unit = UnitFactory(municipality=neighbour)
        RoleAssignmentFactory(municipality=neighbour, unit=unit, user=town.leader, role=Role.UNIT_LEADER)
        there = make_idea(neighbour, unit=unit)

    assert _work(client, town.leader)["owed"] == [mine, there]


def test_work_shows_what_somebody_joined_and_follows(client: Client, town: Town) -> None:
    joined = make_idea(town.municipality, writer=town.leader)
    join_idea(joined, user=town.nurse)
    followed = make_idea(town.municipality)
    make_follower("idea", followed, user_id=town.nurse.pk)

    work = _work(client, town.nurse)

    assert work["written"] == [joined]
    assert work["followed"] == [followed, joined]


def test_work_hides_what_somebody_follows_and_may_no_longer_read(client: Client, town: Town) -> None:
    followed = make_idea(town.municipality, visibility=Visibility.INTERNAL)
    make_follower("idea", followed, user_id=town.nurse.pk)

    assert _work(client, town.nurse)["followed"] == []


def test_written_is_paged(client: Client, town: Town) -> None:
    for number in range(26):
        make_idea(town.municipality, writer=town.nurse, text=f"Idé {number}")
    client.force_login(town.nurse)

    first = client.get("/mitt-arbeid/skrevet/").context["page"]
    second = client.get("/mitt-arbeid/skrevet/", {"side": first.next_cursor}).context["page"]

    assert (len(first.rows), [idea.text for idea in second.rows]) == (25, ["Idé 0"])


def test_written_with_somebody_elses_cursor_is_not_found(client: Client, town: Town) -> None:
    client.force_login(town.nurse)

    assert client.get("/mitt-arbeid/skrevet/", {"side": "tull"}).status_code == 404


@pytest.mark.parametrize("address", ["/mitt-arbeid/", "/mitt-arbeid/skrevet/", "/mitt-arbeid/folger/"])
def test_work_signed_out_leads_to_the_login(client: Client, db: None, address: str) -> None:
    response = client.get(address)

    assert response.status_code == 302
    assert response["Location"].endswith(f"?next={address}")


@pytest.mark.parametrize("count", [1, 3])
def test_work_asks_as_much_of_one_idea_as_of_three(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, town: Town, count: int
) -> None:
    for _ in range(count):
        idea = make_idea(town.municipality, writer=town.nurse)
        make_follower("idea", idea, user_id=town.nurse.pk)
    client.force_login(town.nurse)

    with django_assert_num_queries(16):
        client.get("/mitt-arbeid/")
