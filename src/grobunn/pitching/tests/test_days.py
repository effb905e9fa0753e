"""The day: made once with its teams and its panel, put in order, led, watched."""

import threading
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from grobunn.accounts.tests.factories import UserFactory
from grobunn.ideas.tests.factories import make_idea
from grobunn.juries.models import Entry, Party, PartyKind
from grobunn.juries.states import PanelPart
from grobunn.kernel import clock, ids
from grobunn.kernel.statemachine import NotPossibleNow
from grobunn.kernel.testing import run_jobs
from grobunn.pitching.models import PitchDay, Question, QuestionState, Slot
from grobunn.pitching.queries.days import slots_of
from grobunn.pitching.queries.timer import Timer, timer_of
from grobunn.pitching.services.days import make_day, move, put_in_order, take_in_teams
from grobunn.pitching.services.questions import ask_question, settle_question
from grobunn.pitching.services.running import pause, resume, step_day, step_slot
from grobunn.pitching.states import SlotState
from grobunn.pitching.tests.conftest import Town
from grobunn.pitching.tests.factories import begun, make_pitch_day, make_team, seat
from grobunn.programmes.models import Gathering, Team, TeamMember
from grobunn.programmes.states import EnrolmentState
from grobunn.programmes.tests.factories import make_run, was_there


def address(day: PitchDay, name: str, **more: object) -> str:
    return reverse(f"pitching:{name}", kwargs={"municipality": day.municipality.slug, "slug": day.slug, **more})


def names(day: PitchDay) -> list[str]:
    return [slot.team.name for slot in slots_of(day)]


def test_make_day_gives_every_team_a_slot_and_the_panel_an_entry_with_who_is_behind_it(town: Town) -> None:
    idea = make_idea(town.municipality, unit=town.ward, title="Benk")

    day, slots = make_pitch_day(town.municipality, by=town.adviser, teams=2, ideas=(idea,))

    entry = Entry.objects.get(pk=slots[0].entry_id)
    assert names(day) == ["Lag 1", "Lag 2"]
    assert (entry.title, entry.source_kind, entry.panel_id) == ("Benk", "pitch-slot", day.panel_id)
    assert sorted(Party.objects.filter(entry=entry).values_list("kind", flat=True)) == [
        PartyKind.LEADER,
        PartyKind.UNIT,
    ]


def test_make_day_sent_twice_makes_one(town: Town) -> None:
    cohort = make_run(town.municipality, by=town.adviser)
    key = ids.new_id()
    given = {"name": "Pitch", "actor": town.adviser, "key": key, "on": clock.today(), "starts": "09:00"}

    first, second = make_day(cohort, **given), make_day(cohort, **given)

    assert first.pk == second.pk
    assert PitchDay.objects.count() == 1


def test_take_in_teams_adds_the_new_at_the_end_and_drops_the_dissolved(town: Town) -> None:
    day, slots = make_pitch_day(town.municipality, by=town.adviser, teams=2)
    make_team(day.cohort, "Alfa", by=town.adviser)
    Team.objects.filter(pk=slots[0].team_id).update(dissolved_at=clock.now())

    take_in_teams(day, actor=town.adviser)

    assert names(day) == ["Lag 2", "Alfa"]
    assert Entry.objects.judged().filter(panel=day.panel).count() == 2


def test_order_is_set_and_moved_without_gaps(town: Town) -> None:
    day, slots = make_pitch_day(town.municipality, by=town.adviser)

    put_in_order(day, slot_ids=[slots[2].pk, slots[0].pk], actor=town.adviser)
    move(slots[1], by=-1, actor=town.adviser)

    assert names(day) == ["Lag 3", "Lag 2", "Lag 1"]
    assert [slot.position for slot in slots_of(day)] == [1, 2, 3]


def test_calling_the_next_thanks_the_one_on_stage(town: Town) -> None:
    day, slots = make_pitch_day(town.municipality, by=town.adviser)
    begun(day, by=town.adviser)

    step_slot(slots[0], "call", actor=town.adviser)
    step_slot(slots[1], "call", actor=town.adviser)

    assert [slot.state for slot in slots_of(day)] == [SlotState.DONE, SlotState.PITCHING, SlotState.WAITING]
    assert Team.objects.get(pk=slots[0].team_id).pitched_at is not None


def test_having_pitched_completes_those_who_lacked_nothing_else(town: Town) -> None:
    cohort = make_run(town.municipality, by=town.adviser, gatherings=1, needs_pitch=True)
    day, slots = make_pitch_day(town.municipality, by=town.adviser, cohort=cohort, teams=2)
    begun(day, by=town.adviser)
    places = [TeamMember.objects.get(team=slot.team).enrolment for slot in slots]
    for place in places:
        was_there(place, *Gathering.objects.filter(cohort=cohort), by=town.adviser)

    step_slot(slots[0], "call", actor=town.adviser)
    step_slot(slots[1], "call", actor=town.adviser)
    run_jobs()

    for place in places:
        place.refresh_from_db()
    assert [place.state for place in places] == [EnrolmentState.COMPLETED, EnrolmentState.ENROLLED]


def test_nobody_comes_on_stage_before_the_day_begins(town: Town) -> None:
    day, slots = make_pitch_day(town.municipality, by=town.adviser)

    with pytest.raises(NotPossibleNow):
        step_slot(slots[0], "call", actor=town.adviser)

    assert [slot.state for slot in slots_of(day)] == [SlotState.WAITING] * 3


def test_timer_counts_from_the_server_and_leaves_out_pauses(town: Town) -> None:
    day, slots = make_pitch_day(town.municipality, by=town.adviser)
    begun(day, by=town.adviser)
    at = clock.now()

    def after(seconds: int) -> AbstractContextManager[None]:
        return clock.moved_to(at + timedelta(seconds=seconds))

    def read() -> Timer:
        timer = timer_of(day, Slot.objects.get(pk=slots[0].pk))
        assert timer is not None
        return timer

    with after(0):
        step_slot(slots[0], "call", actor=town.adviser)
    with after(60):
        pause(slots[0], actor=town.adviser)
    with after(90):
        pause(slots[0], actor=town.adviser)
    with after(160):
        stopped = read()
        resume(slots[0], actor=town.adviser)
    with after(190):
        running = read()
    with after(431):
        over = read()

    assert (stopped.left, stopped.is_running) == (240, False)
    assert (running.left, running.shown) == (210, "3:30")
    assert over.shown == "−0:31"


def test_ending_the_day_thanks_whoever_is_on_stage(town: Town) -> None:
    day, slots = make_pitch_day(town.municipality, by=town.adviser, teams=1)
    begun(day, by=town.adviser)
    step_slot(slots[0], "call", actor=town.adviser)

    step_day(day, "end", actor=town.adviser)

    assert slots_of(day)[0].state == SlotState.DONE


def test_question_is_asked_once_chosen_and_answered(town: Town) -> None:
    day, slots = make_pitch_day(town.municipality, by=town.adviser)
    begun(day, by=town.adviser)
    step_slot(slots[0], "call", actor=town.adviser)

    question = ask_question(slots[0], text="Hva koster det?")
    again = ask_question(slots[0], text="hva koster det? ")
    settle_question(question, QuestionState.CHOSEN, actor=town.adviser)

    assert question.pk == again.pk
    assert Question.objects.get().state == QuestionState.CHOSEN


def test_chair_runs_the_day_and_a_member_does_not(client: Client, town: Town) -> None:
    day, slots = make_pitch_day(town.municipality, by=town.adviser)
    seat(day, town.director, by=town.adviser, part=PanelPart.CHAIR)
    seat(day, town.leader, by=town.adviser)
    begun(day, by=town.adviser)
    press = address(day, "step_slot", team=slots[0].team.slug, edge="call")

    client.force_login(town.leader)
    refused = client.post(press)
    client.force_login(town.director)
    pressed = client.post(press)

    assert (refused.status_code, pressed.status_code) == (403, 302)
    assert slots_of(day)[0].state == SlotState.PITCHING


def test_pages_show_the_order_and_the_stage(client: Client, town: Town) -> None:
    day, slots = make_pitch_day(town.municipality, by=town.adviser)
    begun(day, by=town.adviser)
    step_slot(slots[1], "call", actor=town.adviser)
    client.force_login(town.adviser)

    run = client.get(address(day, "run")).content.decode()
    screen = client.get(address(day, "screen")).content.decode()
    page = client.get(address(day, "day")).content.decode()

    assert "data-timer=" in run
    assert "data-timer=" in screen
    assert "Lag 2" in screen
    assert "Lag 3" not in screen
    assert page.index("Lag 1") < page.index("Lag 3")


def test_watcher_without_login_sees_the_room_and_asks(client: Client, town: Town) -> None:
    day, slots = make_pitch_day(town.municipality, by=town.adviser)
    begun(day, by=town.adviser)
    step_slot(slots[0], "call", actor=town.adviser)
    watch = address(day, "watch", watch_key=day.watch_key)

    page = client.get(watch)
    sent = client.post(watch, {"text": "Hvem eier det?"})
    wrong = client.get(address(day, "watch", watch_key="feil"))

    assert "Lag 1" in page.content.decode()
    assert (sent.status_code, wrong.status_code) == (302, 404)
    assert [each.text for each in Question.objects.all()] == ["Hvem eier det?"]


def test_outsider_does_not_find_the_day(client: Client, town: Town) -> None:
    day, _slots = make_pitch_day(town.municipality, by=town.adviser)
    client.force_login(UserFactory())

    assert client.get(address(day, "day")).status_code == 404
    assert client.get(address(day, "screen")).status_code == 404


def test_order_is_moved_by_button_and_by_a_list(client: Client, town: Town) -> None:
    day, slots = make_pitch_day(town.municipality, by=town.adviser)
    client.force_login(town.adviser)
    sent = [str(slot.pk) for slot in slots]

    client.post(address(day, "order"), {"slot": sent, "flytt": f"ned:{slots[0].pk}"})
    moved = names(day)
    client.post(address(day, "order"), {"slot": sent})

    assert moved == ["Lag 2", "Lag 1", "Lag 3"]
    assert names(day) == ["Lag 1", "Lag 2", "Lag 3"]


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_days_asks_as_much_for_one_as_for_three(
    client: Client, town: Town, count: int, django_assert_num_queries: object
) -> None:
    for _number in range(count):
        make_pitch_day(town.municipality, by=town.adviser, teams=0)
    client.force_login(town.nurse)
    client.get(reverse("pitching:list", kwargs={"municipality": town.municipality.slug}))

    with django_assert_num_queries(4):  # type: ignore[operator]
        page = client.get(reverse("pitching:list", kwargs={"municipality": town.municipality.slug}))

    assert page.content.decode().count("data-row-link") == count


@pytest.mark.django_db(transaction=True)
def test_two_called_at_the_same_moment_leave_one_on_stage(town: Town) -> None:
    day, slots = make_pitch_day(town.municipality, by=town.adviser)
    begun(day, by=town.adviser)

    def call(slot: Slot) -> None:
        try:
            with scope(municipality=town.municipality.pk):
                step_slot(slot, "call", actor=town.adviser)
        finally:
            connection.close()

    racers = [threading.Thread(target=call, args=(slot,)) for slot in slots[:2]]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()

    assert sorted(slot.state for slot in slots_of(day)) == [SlotState.DONE, SlotState.PITCHING, SlotState.WAITING]
