"""Taking the steps of an initiative's life over the API."""

from datetime import timedelta
from decimal import Decimal

import pytest

from grobunn.accounts.tests.asking import Ask
from grobunn.capacity.models import Reservation, Source
from grobunn.capacity.quarters import Quarter
from grobunn.capacity.queries.room import Line
from grobunn.initiatives.models import Initiative
from grobunn.initiatives.tests.conftest import Town
from grobunn.initiatives.tests.factories import make_initiative, make_source
from grobunn.kernel import clock


@pytest.fixture
def source(town: Town) -> Source:
    return make_source(town.ward, by=town.leader, amount=2)


@pytest.fixture
def initiative(town: Town, source: Source) -> Initiative:
    line = Line(source, Quarter.now(), Decimal(1))
    return make_initiative(town.ward, owner=town.leader, by=town.adviser, lines=[line])


def _path(initiative: Initiative, step: str) -> str:
    return f"initiatives/{initiative.reference}/steps/{step}"


def test_leader_is_given_it_and_says_yes(town: Town, initiative: Initiative, ask: Ask) -> None:
    given = ask("post", _path(initiative, "change_owner"), {"owner_email": town.director.email}, by=town.leader)
    accepted = ask("post", _path(initiative, "accept_owner"), by=town.director)

    assert (given.status_code, accepted.status_code) == (200, 200)
    initiative.refresh_from_db()
    assert (initiative.owner, initiative.is_owner_asked) == (town.director, False)


def test_waits_and_goes_on_with_what_it_held(town: Town, initiative: Initiative, ask: Ask) -> None:
    until = (clock.today() + timedelta(days=9)).isoformat()

    paused = ask("post", _path(initiative, "pause"), {"until": until, "reason": "Venter"}, by=town.leader)
    held = Reservation.objects.count()
    resumed = ask("post", _path(initiative, "resume"), by=town.leader)

    assert (paused.json()["state"], held, resumed.json()["state"]) == ("paused", 0, "underway")
    assert [row.amount for row in Reservation.objects.filter(claim_id=initiative.pk)] == [Decimal(1)]


def test_planning_beyond_what_there_is_says_what_is_missing(
    town: Town, initiative: Initiative, source: Source, ask: Ask
) -> None:
    need = [{"source": str(source.pk), "quarter": Quarter.now().code, "amount": "3"}]

    refused = ask("post", _path(initiative, "replan"), {"need": need}, by=town.leader)

    assert refused.status_code == 409
    assert refused.json()["type"].endswith("capacity-exceeded")


def test_ends_with_what_was_learned(town: Town, initiative: Initiative, ask: Ask) -> None:
    sent = {"tried": "Vi prøvde", "learned": "Det ga ikke effekt", "version": initiative.version}

    assert ask("post", _path(initiative, "finish_learned"), {**sent, "learned": ""}, by=town.leader).status_code != 200
    done = ask("post", _path(initiative, "finish_learned"), sent, by=town.leader)
    again = ask("post", _path(initiative, "finish_learned"), sent, by=town.leader)

    assert (done.status_code, done.json()["state"], again.status_code) == (200, "learned", 409)


def test_is_put_in_operation_and_opened_again_by_the_leader_above(town: Town, initiative: Initiative, ask: Ask) -> None:
    runs = {"role": "unit_leader", "unit": town.ward.slug, "since": clock.today().isoformat()}
    opened = {"owner_email": town.leader.email, "reason": "Det stoppet opp"}

    first = ask("post", _path(initiative, "put_in_operation"), runs, by=town.leader)
    refused = ask("post", _path(initiative, "reopen"), opened, by=town.leader)
    second = ask("post", _path(initiative, "reopen"), opened, by=town.director)

    assert (first.json()["state"], refused.status_code, second.json()["state"]) == ("operating", 403, "paused")


@pytest.mark.parametrize("step", ["pause", "change_owner", "finish_learned"])
def test_steps_are_for_those_who_may(town: Town, initiative: Initiative, ask: Ask, step: str) -> None:
    assert ask("post", _path(initiative, step), by=town.nurse).status_code == 403
    assert ask("post", _path(initiative, step), by=town.outsider).status_code == 404
    assert ask("post", _path(initiative, step)).status_code == 401
    assert (
        ask("post", _path(initiative, step), by=town.leader, scopes=frozenset({"initiatives:read"})).status_code == 403
    )
