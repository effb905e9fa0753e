"""On hold and going on, planning anew, the two good ends and opening again: services and pages."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from grobunn.capacity.errors import CapacityExceeded
from grobunn.capacity.forms.need import MOST_AT_ONCE
from grobunn.capacity.kinds import Kind
from grobunn.capacity.models import HoursUsed, Reservation, Source
from grobunn.capacity.quarters import Quarter
from grobunn.capacity.queries.room import Line
from grobunn.initiatives.models import Initiative
from grobunn.initiatives.services import ends, planning
from grobunn.initiatives.services.asking import ask_whether_to_go_on
from grobunn.initiatives.states import InitiativeState
from grobunn.initiatives.tests.conftest import Town
from grobunn.initiatives.tests.factories import make_initiative, make_source, need_field
from grobunn.kernel import clock
from grobunn.kernel.statemachine import InputMissing, SomebodyWasFirst
from grobunn.methods.queries import method_of
from grobunn.methods.stages import Stage
from grobunn.organisations.models import Role, RoleAssignment
from grobunn.organisations.tests.factories import RoleAssignmentFactory, UnitFactory

NOW = Quarter.now


@pytest.fixture
def source(town: Town) -> Source:
    return make_source(town.ward, by=town.leader, amount=2)


@pytest.fixture
def initiative(town: Town, source: Source) -> Initiative:
    lines = [Line(source, NOW() + step, Decimal(1)) for step in (0, 1)]
    return make_initiative(town.ward, owner=town.leader, by=town.adviser, lines=lines)


def _held(initiative: Initiative) -> list[tuple[Quarter, Decimal]]:
    rows = Reservation.objects.filter(claim_id=initiative.pk).order_by("quarter_on")
    return [(Quarter.of(row.quarter_on), row.amount) for row in rows]


def test_replan_moves_what_it_holds(town: Town, initiative: Initiative, source: Source) -> None:
    planning.replan(initiative, lines=[Line(source, NOW() + 2, Decimal(2))], actor=town.leader, reason="Etter ferien")

    assert _held(initiative) == [(NOW() + 2, Decimal(2))]


def test_replan_without_room_changes_nothing(town: Town, initiative: Initiative, source: Source) -> None:
    version = initiative.version
    with pytest.raises(CapacityExceeded):
        planning.replan(initiative, lines=[Line(source, NOW(), Decimal(3))], actor=town.leader)

    assert initiative.version == version
    initiative.refresh_from_db()
    assert (initiative.version, _held(initiative)) == (version, [(NOW(), Decimal(1)), (NOW() + 1, Decimal(1))])


def test_pause_lets_go_of_what_is_not_used(town: Town, initiative: Initiative) -> None:
    until = clock.today() + timedelta(days=40)
    planning.pause(initiative, until=until, reason="Venter på nytt nett", actor=town.leader)

    initiative.refresh_from_db()
    assert (initiative.state, initiative.paused_until, _held(initiative)) == (InitiativeState.PAUSED, until, [])


def test_pause_keeps_hours_that_were_told_and_money(town: Town) -> None:
    hours = make_source(town.ward, by=town.leader, kind=Kind.IT, amount=100)
    money = make_source(town.ward, by=town.leader, kind=Kind.MONEY, amount=1000)
    lines = [Line(each, NOW() + step, Decimal(50)) for each in (hours, money) for step in (0, 1)]
    initiative = make_initiative(town.ward, owner=town.leader, by=town.adviser, lines=lines)
    monday = NOW().first_day + timedelta(days=(7 - NOW().first_day.weekday()) % 7)
    HoursUsed.objects.create(
        municipality=town.municipality,
        claim_sort="initiative",
        claim_id=initiative.pk,
        kind=Kind.IT,
        week_on=monday,
        hours=Decimal("7.5"),
    )

    planning.pause(initiative, until=clock.today() + timedelta(days=9), reason="Venter", actor=town.leader)

    held = {row.source_id: (Quarter.of(row.quarter_on), row.amount) for row in Reservation.objects.all()}
    assert held == {hours.pk: (NOW(), Decimal("7.50")), money.pk: (NOW(), Decimal(50))}


def test_resume_needs_room(town: Town, initiative: Initiative, source: Source) -> None:
    planning.pause(initiative, until=clock.today() + timedelta(days=9), reason="Venter", actor=town.leader)
    assert planning.held_before_pause(initiative) == [Line(source, NOW() + step, Decimal(1)) for step in (0, 1)]
    two = [Line(source, NOW(), Decimal(2))]
    other = make_initiative(town.ward, owner=town.leader, by=town.adviser, lines=two)

    with pytest.raises(CapacityExceeded):
        planning.resume(initiative, lines=planning.held_before_pause(initiative), actor=town.leader)
    assert initiative.state == InitiativeState.PAUSED

    ends.finish_learned(other, tried="Vi prøvde noe", learned="Det ga ikke effekt", actor=town.leader)
    planning.resume(initiative, lines=planning.held_before_pause(initiative), actor=town.leader)
    initiative.refresh_from_db()
    assert (initiative.state, initiative.paused_until) == (InitiativeState.UNDERWAY, None)
    assert _held(initiative) == [(NOW(), Decimal(1)), (NOW() + 1, Decimal(1))]


def test_owner_is_asked_once_when_the_day_comes(town: Town, initiative: Initiative) -> None:
    planning.pause(initiative, until=clock.today() + timedelta(days=2), reason="Venter", actor=town.leader)

    asked = [ask_whether_to_go_on()]
    with clock.moved_to(clock.now() + timedelta(days=3)):
        asked += [ask_whether_to_go_on(), ask_whether_to_go_on()]

    assert asked == [0, 1, 0]


def test_put_in_operation_says_who_runs_it(town: Town, initiative: Initiative) -> None:
    ends.put_in_operation(
        initiative, runs_role=Role.UNIT_LEADER, runs_unit=town.ward, since=clock.today(), actor=town.leader
    )

    initiative.refresh_from_db()
    assert (initiative.state, initiative.stage) == (InitiativeState.OPERATING, Stage.OPERATE)
    assert (initiative.runs_unit, initiative.operates_since) == (town.ward, clock.today())
    assert (initiative.ended_at is not None, _held(initiative)) == (True, [])


def test_finish_learned_is_an_end_that_says_what(town: Town, initiative: Initiative) -> None:
    with pytest.raises(InputMissing):
        ends.finish_learned(initiative, tried="Vi prøvde noe", learned=" ", actor=town.leader)
    with pytest.raises(PermissionDenied):
        ends.finish_learned(initiative, tried="Vi prøvde", learned="Vi lærte", actor=town.nurse)

    ends.finish_learned(initiative, tried="Vi prøvde sensorer", learned="Det ga ikke effekt", actor=town.leader)

    initiative.refresh_from_db()
    assert (initiative.state, initiative.stage) == (InitiativeState.LEARNED, Stage.CLOSED_LEARNED)
    assert (initiative.is_finished, _held(initiative)) == (True, [])


def test_reopened_it_waits_with_an_owner(town: Town, initiative: Initiative) -> None:
    ends.finish_learned(initiative, tried="Vi prøvde", learned="Vi lærte noe", actor=town.leader)
    with pytest.raises(PermissionDenied):
        ends.reopen(
            initiative, owner=town.leader, role=Role.UNIT_LEADER, unit=town.ward, reason="Nytt", actor=town.leader
        )

    ends.reopen(
        initiative, owner=town.leader, role=Role.UNIT_LEADER, unit=town.ward, reason="Nytt nett", actor=town.director
    )

    initiative.refresh_from_db()
    assert (initiative.state, initiative.owner, initiative.is_owner_asked) == ("paused", town.leader, True)
    method = method_of(town.municipality.pk, initiative.method)
    assert method is not None
    assert (initiative.ended_at, initiative.stage) == (None, method.first.stage)


def test_what_was_looked_at_before_is_refused(town: Town, initiative: Initiative) -> None:
    old = initiative.version
    planning.pause(initiative, until=clock.today() + timedelta(days=2), reason="Venter", actor=town.leader)

    with pytest.raises(SomebodyWasFirst):
        ends.finish_learned(initiative, tried="a b", learned="c d", actor=town.leader, version=old)


def _address(initiative: Initiative, edge: str) -> str:
    return f"/{initiative.municipality.slug}/initiativ/{initiative.reference}/steg/{edge}/"


@pytest.mark.parametrize(
    "edge", ["change_owner", "replan", "pause", "put_in_operation", "finish_learned", "resume", "accept_owner"]
)
def test_each_step_has_a_page_for_the_owner(town: Town, initiative: Initiative, client: Client, edge: str) -> None:
    client.force_login(town.leader)

    response = client.get(_address(initiative, edge))

    assert response.status_code == 200


@pytest.mark.parametrize("edge", ["pause", "put_in_operation", "finish_learned", "change_owner", "reopen"])
def test_steps_are_not_for_everybody(town: Town, initiative: Initiative, client: Client, edge: str) -> None:
    client.force_login(town.nurse)
    assert client.get(_address(initiative, edge)).status_code == 403
    elsewhere: RoleAssignment = RoleAssignmentFactory(role=Role.DIRECTOR)
    client.force_login(elsewhere.user)
    assert client.get(_address(initiative, edge)).status_code == 404
    client.logout()
    assert client.get(_address(initiative, edge)).status_code == 302


def test_unknown_step_is_not_found(town: Town, initiative: Initiative, client: Client) -> None:
    client.force_login(town.leader)

    assert client.get(_address(initiative, "lose_owner")).status_code == 404


def test_page_of_learning_says_that_it_is_final_and_finishes(
    town: Town, initiative: Initiative, client: Client
) -> None:
    client.force_login(town.leader)
    address = _address(initiative, "finish_learned")

    assert "Det avsluttes for godt" in client.get(address).content.decode()
    refused = client.post(address, {"tried": "Vi prøvde sensorer", "learned": "", "version": initiative.version})
    assert refused.status_code == 422
    done = client.post(
        address, {"tried": "Vi prøvde sensorer", "learned": "Det ga ikke effekt", "version": initiative.version}
    )
    assert (done.status_code, done["Location"]) == (302, f"/{town.municipality.slug}/initiativ/{initiative.reference}/")
    initiative.refresh_from_db()
    assert initiative.state == InitiativeState.LEARNED
    twice = client.post(address, {"tried": "Igjen her", "learned": "Noe annet", "version": initiative.version - 1})
    assert twice.status_code == 422
    initiative.refresh_from_db()
    assert initiative.tried == "Vi prøvde sensorer"


def test_page_of_planning_refuses_with_what_is_missing(
    town: Town, initiative: Initiative, source: Source, client: Client
) -> None:
    client.force_login(town.leader)
    address = _address(initiative, "replan")
    field = f"need-{source.pk}_{NOW().code}"

    shown = client.get(f"{address}?flytt=1").content.decode()
    assert "Ikke lagret ennå" in shown
    refused = client.post(address, {field: "5", "version": initiative.version})

    assert refused.status_code == 422
    assert "mangler" in refused.content.decode()
    assert _held(initiative) == [(NOW(), Decimal(1)), (NOW() + 1, Decimal(1))]
    moved = client.post(address, {field: "2", "version": initiative.version, "tilbake": "/varsler/"})
    assert (moved.status_code, moved["Location"]) == (302, "/varsler/")
    assert _held(initiative) == [(NOW(), Decimal(2))]


def test_page_of_planning_shows_fields_for_chosen_help_and_sends_nothing(
    town: Town, initiative: Initiative, source: Source, client: Client
) -> None:
    unit = UnitFactory(municipality=town.municipality, parent=town.office)
    shared = [
        make_source(unit, by=town.director, is_shared=True, name=f"Hjelp {number}") for number in range(MOST_AT_ONCE)
    ]
    client.force_login(town.leader)
    written = {need_field(source): "2", "reason": "Vi trenger flere", "version": initiative.version}
    chosen = {f"need-{shared[3].pk}_more": "on", "velg": "1"}

    before = client.get(_address(initiative, "replan")).content.decode()
    after = client.post(_address(initiative, "replan"), {**written, **chosen})

    assert need_field(shared[3]) not in before
    assert after.status_code == 200
    assert need_field(shared[3]) in after.content.decode()
    assert after.context["need"][need_field(source).removeprefix("need-")].value() == "2"
    assert after.context["form"]["reason"].value() == "Vi trenger flere"
    assert _held(initiative) == [(NOW(), Decimal(1)), (NOW() + 1, Decimal(1))]


def test_page_never_leads_away_to_a_stranger(town: Town, initiative: Initiative, client: Client) -> None:
    client.force_login(town.leader)
    until = (clock.today() + timedelta(days=9)).isoformat()

    done = client.post(
        _address(initiative, "pause"), {"until": until, "reason": "Venter", "tilbake": "https://evil.example/"}
    )

    assert done["Location"] == f"/{town.municipality.slug}/initiativ/{initiative.reference}/"


def test_page_gives_it_to_a_leader_who_says_yes(town: Town, initiative: Initiative, client: Client) -> None:
    client.force_login(town.leader)
    page = client.get(_address(initiative, "change_owner"))
    key = next(key for key, each in page.context["form"].leaders.items() if each.user == town.director)

    client.post(_address(initiative, "change_owner"), {"leader": key, "reason": "Jeg bytter jobb"})
    client.force_login(town.director)
    client.post(_address(initiative, "accept_owner"), {})

    initiative.refresh_from_db()
    assert (initiative.owner, initiative.is_owner_asked) == (town.director, False)
