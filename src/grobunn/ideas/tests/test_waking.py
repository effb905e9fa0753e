"""Parked ideas that wait for something: woken by what the system sees, asked about on the day otherwise."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.translation import override

from grobunn.ideas.models import Idea
from grobunn.ideas.queries.life import life_of
from grobunn.ideas.services import answer
from grobunn.ideas.services.deadlines import wake_parked
from grobunn.ideas.services.waking import wake_waiting
from grobunn.ideas.states import IdeaState
from grobunn.ideas.tests.conftest import Town
from grobunn.ideas.tests.factories import make_idea
from grobunn.ideas.waking import WaitsFor, subject_of
from grobunn.kernel import clock

LAW = "Ny lov om velferdsteknologi"


def _address(idea: Idea, rest: str = "") -> str:
    return f"/{idea.municipality.slug}/ideer/{idea.reference}/{rest}"


def _parked(town: Town, **waits: str) -> Idea:
    idea = make_idea(town.municipality, unit=town.ward)
    until = clock.today() + timedelta(days=20)
    answer.park(idea, actor=town.leader, until=until, reason="Vi venter.", **waits)
    return idea


@pytest.mark.parametrize("typed", ["robotkatt", " /eksempler/robotkatt/ ", "https://x.example/eksempler/Robotkatt"])
def test_subject_is_the_last_part_of_an_address(typed: str) -> None:
    assert subject_of(typed) == "robotkatt"


def test_wake_waiting_wakes_those_that_wait_for_it_once_and_no_others(town: Town) -> None:
    waiting = _parked(town, waits_for=WaitsFor.ADOPTION, waits_subject="robotkatt")
    other = _parked(town, waits_for=WaitsFor.ADOPTION, waits_subject="benk")
    law = _parked(town, waits_for=WaitsFor.LAW, condition=LAW)

    woken = [wake_waiting(WaitsFor.ADOPTION, subject="robotkatt", because="Lillevik") for _time in range(2)]

    assert [[idea.pk for idea in each] for each in woken] == [[waiting.pk], []]
    for idea, state in ((waiting, "received"), (other, "parked"), (law, "parked")):
        idea.refresh_from_db()
        assert idea.state == state
    assert (waiting.waits_for, waiting.waits_subject) == ("", "")
    with override("nb"):
        sentence = life_of(waiting, is_member=False, is_handler=False)[-1].sentence
    assert sentence.startswith("Lillevik har tatt i bruk det ideen ventet på, og den er tatt fram igjen.")


def test_on_the_day_the_holder_is_asked_whether_it_has_come(client: Client, town: Town) -> None:
    idea = _parked(town, waits_for=WaitsFor.LAW, condition=LAW)
    client.force_login(town.leader)
    with clock.moved_by(days=20):
        wake_parked()
        page = client.get(_address(idea), headers={"Accept-Language": "nb"}).content.decode()

    idea.refresh_from_db()
    assert (idea.state, idea.waits_for, idea.parked_condition) == (IdeaState.RECEIVED, WaitsFor.LAW, LAW)
    assert f"En endring i loven: {LAW}" in page
    assert f'href="{_address(idea, "steg/park/")}"' in page


def test_not_yet_parks_it_again_with_the_same_condition_proposed(client: Client, town: Town) -> None:
    idea = _parked(town, waits_for=WaitsFor.LAW, condition=LAW)
    answer.wake(idea)
    client.force_login(town.leader)

    form = client.get(_address(idea, "steg/park/")).context["form"]
    until = (clock.today() + timedelta(days=90)).isoformat()
    sent = {"reason": "Ikke ennå.", "until": until, "waits_for": "law", "condition": form["condition"].value()}
    client.post(_address(idea, "steg/park/"), sent)

    idea.refresh_from_db()
    assert (form["waits_for"].value(), form["condition"].value()) == (WaitsFor.LAW, LAW)
    assert (idea.state, idea.waits_for, idea.parked_condition) == (IdeaState.PARKED, WaitsFor.LAW, LAW)


def test_taking_it_up_forgets_what_it_waited_for(town: Town) -> None:
    idea = _parked(town, waits_for=WaitsFor.TECHNOLOGY, condition="Bedre batteri")
    answer.wake(idea)

    answer.take_up(idea, actor=town.leader)

    idea.refresh_from_db()
    assert (idea.state, idea.waits_for, idea.parked_condition) == (IdeaState.ASSESSING, "", "")


def test_waiting_for_an_adoption_asks_which_example(client: Client, town: Town) -> None:
    idea = make_idea(town.municipality, unit=town.ward)
    client.force_login(town.leader)
    until = (clock.today() + timedelta(days=9)).isoformat()
    sent = {"reason": "Vi venter.", "until": until, "waits_for": "adoption"}

    lacking = client.post(_address(idea, "steg/park/"), sent)
    client.post(_address(idea, "steg/park/"), {**sent, "waits_subject": "https://x.example/eksempler/robotkatt/"})

    idea.refresh_from_db()
    assert list(lacking.context["form"].errors) == ["waits_subject"]
    assert idea.waits_subject == "robotkatt"


def test_queue_of_parked_says_what_each_waits_for(client: Client, town: Town) -> None:
    _parked(town, waits_for=WaitsFor.LAW, condition=LAW)
    client.force_login(town.leader)

    page = client.get(f"/{town.municipality.slug}/ko/?tilstand=parked", headers={"Accept-Language": "nb"})

    assert f"Venter på: En endring i loven, {LAW}" in page.content.decode()
