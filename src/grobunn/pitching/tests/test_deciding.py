"""The decision: begun with somebody who carries it, refused where there is no room, parked, no, taken back."""

import threading
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from grobunn.capacity.errors import CapacityExceeded
from grobunn.capacity.models import Declared, Reservation, Source, Want
from grobunn.capacity.quarters import Quarter
from grobunn.capacity.queries.room import Line
from grobunn.ideas.models import Idea
from grobunn.ideas.queries.life import life_of
from grobunn.ideas.services.answer import decline
from grobunn.ideas.states import IdeaState
from grobunn.ideas.tests.factories import make_idea
from grobunn.ideas.waking import WaitsFor
from grobunn.initiatives.models import Initiative
from grobunn.initiatives.tests.factories import make_source
from grobunn.juries.grounds import FoundBy, Ground
from grobunn.juries.models import Conflict, Entry, Member, Panel
from grobunn.juries.models.impartiality import ConflictState
from grobunn.juries.states import PanelPart, PanelState
from grobunn.juries.tests.factories import declare_all
from grobunn.kernel import clock, permissions
from grobunn.kernel.actors import Mandated
from grobunn.kernel.statemachine import SomebodyWasFirst
from grobunn.organisations.models import Role
from grobunn.pitching.models import PitchDay, Proposal, Slot
from grobunn.pitching.queries.days import slots_of
from grobunn.pitching.queries.decisions import consequence_of, standing_decisions
from grobunn.pitching.queries.minutes import protocol_part
from grobunn.pitching.queries.proposals import asked_of
from grobunn.pitching.services.deciding import (
    ProposalLacks,
    Word,
    park_pitch,
    refuse_pitch,
    start_pitch,
    take_back,
)
from grobunn.pitching.services.proposing import save_proposal
from grobunn.pitching.tests.conftest import Town
from grobunn.pitching.tests.factories import make_pitch_day, seat

WORD = Word(reasons="Fordi det virker.")


def ask_for(slot: Slot, source: Source, town: Town, *, quarters: int = 1) -> Proposal:
    """A whole proposal: one place of a source for some quarters, owned by the leader of the ward."""
    lines = [Line(source=source, quarter=Quarter.now() + number, amount=1) for number in range(quarters)]
    return save_proposal(
        slot,
        actor=town.adviser,
        version=None,
        lines=lines,
        title=f"Tiltak til {slot.team.name}",
        hypothesis="Flere sover om natten.",
        unit=town.ward,
        owner=town.leader,
        owner_role=Role.UNIT_LEADER,
        owner_unit=town.ward,
        milestone="Ti senger",
        milestone_due_on=clock.today() + timedelta(days=30),
        method="veikart",
    )


def ready_day(town: Town, *, teams: int, places: int) -> tuple[PitchDay, list[Slot], Source]:
    """A day whose panel discusses: every team has asked for one place of a source in the present quarter."""
    ideas = tuple(make_idea(town.municipality, unit=town.ward, title=f"Idé {number}") for number in range(teams))
    day, slots = make_pitch_day(town.municipality, by=town.adviser, teams=teams, ideas=ideas)
    source = make_source(town.ward, by=town.leader, amount=places)
    for slot in slots:
        ask_for(slot, source, town)
    members = [
        seat(day, town.adviser, by=town.adviser, part=PanelPart.SECRETARY),
        seat(day, town.director, by=town.adviser, part=PanelPart.CHAIR),
    ]
    declare_all(*members)
    Panel.objects.filter(pk=day.panel_id).update(state=PanelState.DISCUSSING)
    return fresh(day)


def fresh(day: PitchDay) -> tuple[PitchDay, list[Slot], Source]:
    found = PitchDay.objects.select_related("panel", "municipality", "cohort__programme").get(pk=day.pk)
    return found, slots_of(found), Source.objects.get()


def test_start_begins_what_the_team_asked_for_and_writes_the_outcome(town: Town) -> None:
    day, slots, source = ready_day(town, teams=1, places=5)

    begun = start_pitch(slots[0], word=WORD, actor=town.adviser)

    entry = Entry.objects.get(pk=slots[0].entry_id)
    assert (begun.title, begun.owner, begun.unit) == ("Tiltak til Lag 1", town.leader, town.ward)
    assert (entry.outcome, entry.reasons) == ("start", WORD.reasons)
    assert Idea.objects.get(pk=slots[0].team.idea_id).state == IdeaState.STARTED
    assert [row.amount for row in Reservation.objects.filter(source=source)] == [1]
    assert day.panel is not None
    assert protocol_part(day.panel)["order"][0]["initiative"] == begun.reference


def test_start_pressed_twice_begins_once(town: Town) -> None:
    _day, slots, _source = ready_day(town, teams=1, places=5)

    first = start_pitch(slots[0], word=WORD, actor=town.adviser)
    second = start_pitch(slots[0], word=WORD, actor=town.adviser)

    assert first == second
    assert Initiative.objects.count() == 1


def test_sixth_of_five_is_refused_and_nothing_has_changed(town: Town) -> None:
    _day, slots, _source = ready_day(town, teams=2, places=1)
    start_pitch(slots[0], word=WORD, actor=town.adviser)

    with pytest.raises(CapacityExceeded):
        start_pitch(slots[1], word=WORD, actor=town.adviser)

    assert Initiative.objects.count() == 1
    assert Entry.objects.get(pk=slots[1].entry_id).outcome == ""
    assert Idea.objects.get(pk=slots[1].team.idea_id).state == IdeaState.RECEIVED


def test_later_reserves_the_quarter_with_room_and_the_proposal_says_so(town: Town) -> None:
    _day, slots, _source = ready_day(town, teams=2, places=1)
    start_pitch(slots[0], word=WORD, actor=town.adviser)

    begun = start_pitch(slots[1], word=WORD, actor=town.adviser, later=1)

    (asked,) = asked_of([slots[1]])
    assert begun.first_quarter_on == (Quarter.now() + 1).first_day
    assert [line.quarter for line in asked.lines] == [Quarter.now() + 1]


def test_half_finished_proposal_is_not_begun_and_says_what_lacks(town: Town) -> None:
    _day, slots, _source = ready_day(town, teams=1, places=5)
    Proposal.objects.filter(slot=slots[0]).update(owner=None, milestone="")

    with pytest.raises(ProposalLacks) as refusal:
        start_pitch(slots[0], word=WORD, actor=town.adviser)

    assert len(refusal.value.missing) == 2
    assert Initiative.objects.count() == 0


def test_park_for_room_stands_in_the_queue(town: Town) -> None:
    _day, slots, _source = ready_day(town, teams=2, places=1)
    start_pitch(slots[0], word=WORD, actor=town.adviser)
    until = clock.today() + timedelta(days=90)

    for _time in range(2):
        park_pitch(slots[1], word=WORD, actor=town.adviser, until=until, waits_for=WaitsFor.CAPACITY)

    idea = Idea.objects.get(pk=slots[1].team.idea_id)
    assert (idea.state, idea.parked_until) == (IdeaState.PARKED, until)
    assert Want.objects.filter(claim_id=idea.pk).count() == 1
    assert Entry.objects.get(pk=slots[1].entry_id).outcome == "park"


def test_no_answers_the_writer_and_another_decision_after_it_is_refused(town: Town) -> None:
    _day, slots, _source = ready_day(town, teams=1, places=1)
    refuse_pitch(slots[0], word=WORD, actor=town.adviser)

    with pytest.raises(SomebodyWasFirst):
        start_pitch(slots[0], word=WORD, actor=town.adviser)

    assert Idea.objects.get(pk=slots[0].team.idea_id).state == IdeaState.DECLINED
    assert Initiative.objects.count() == 0


def test_taken_back_nothing_is_left_and_it_may_be_decided_anew(town: Town) -> None:
    _day, slots, source = ready_day(town, teams=1, places=1)
    start_pitch(slots[0], word=WORD, actor=town.adviser)

    take_back(slots[0], actor=town.adviser)

    assert Initiative.objects.count() == 0
    assert not Reservation.objects.filter(source=source).exists()
    assert Entry.objects.get(pk=slots[0].entry_id).outcome == ""
    assert Idea.objects.get(pk=slots[0].team.idea_id).state == IdeaState.RECEIVED
    assert start_pitch(slots[0], word=WORD, actor=town.adviser).title == "Tiltak til Lag 1"


def test_consequence_says_what_is_left_and_who_is_pushed_back(town: Town) -> None:
    _day, slots, _source = ready_day(town, teams=2, places=1)
    first, second = asked_of(slots)

    consequence = consequence_of(first, others=[second], actor=town.adviser)

    assert [(effect.load.left, effect.left_after) for effect in consequence.effects] == [(1, 0)]
    assert [each.slot.team.name for each in consequence.pushed_back] == ["Lag 2"]


def test_disqualified_chair_neither_decides_nor_learns_what_was_decided(client: Client, town: Town) -> None:
    day, slots, _source = ready_day(town, teams=2, places=5)
    chair = Member.objects.get(panel=day.panel, part=PanelPart.CHAIR)
    Conflict.objects.create(
        municipality=town.municipality,
        member=chair,
        entry_id=slots[0].entry_id,
        found_by=FoundBy.DECLARED,
        ground=Ground.PARTY,
        state=ConflictState.CONFIRMED,
        decided_at=clock.now(),
        reason="Leder laget.",
    )

    with pytest.raises(PermissionDenied):
        start_pitch(fresh(day)[1][0], word=WORD, actor=town.director)
    start_pitch(slots[0], word=WORD, actor=town.adviser)

    standing = standing_decisions(fresh(day)[0], actor=town.director)
    client.force_login(town.director)
    where = {"municipality": town.municipality.slug, "slug": day.slug}
    pages = [client.get(reverse(f"pitching:{name}", kwargs=where)).content.decode() for name in ("standing", "minutes")]
    proposal = client.get(reverse("pitching:proposal", kwargs={**where, "team": "lag-1"}))
    assert [(each.is_kept, each.outcome) for each in standing] == [(True, None), (False, None)]
    assert all("Tiltak til Lag 1" not in page and WORD.reasons not in page for page in pages)
    assert proposal.status_code == 403


def test_page_refuses_the_sixth_with_the_ways_on_and_loses_nothing(client: Client, town: Town) -> None:
    day, slots, _source = ready_day(town, teams=2, places=1)
    start_pitch(slots[0], word=WORD, actor=town.adviser)
    client.force_login(town.adviser)
    page = reverse(
        "pitching:decide", kwargs={"municipality": town.municipality.slug, "slug": day.slug, "team": "lag-2"}
    )

    refused = client.post(page, {"vei": "start", "reasons": "Et håp som ikke går tapt."})
    parked = client.post(
        page, {"vei": "parker", "reasons": "Senere.", "until": "2099-01-01", "waits_for": WaitsFor.CAPACITY}
    )

    text = refused.content.decode()
    assert refused.status_code == 409
    assert "Et håp som ikke går tapt." in text
    assert all(f'value="{way}' in text for way in ("vent:", "parker", "nei"))
    assert town.leader.name in text
    assert parked.status_code == 302
    assert Idea.objects.get(pk=slots[1].team.idea_id).state == IdeaState.PARKED


def test_chair_who_handles_no_idea_decides_what_is_pitched_and_nothing_else(town: Town) -> None:
    _day, slots, _source = ready_day(town, teams=3, places=5)
    other = make_idea(town.municipality, unit=town.ward, title="Ikke pitchet")
    assert not permissions.is_allowed("ideas.handle", town.director, slots[0].team.idea)

    start_pitch(slots[0], word=WORD, actor=town.director)
    park_pitch(slots[1], word=WORD, actor=town.director, until=clock.today() + timedelta(days=9))
    refuse_pitch(slots[2], word=WORD, actor=town.director)

    states = [Idea.objects.get(pk=slot.team.idea_id).state for slot in slots]
    assert states == [IdeaState.STARTED, IdeaState.PARKED, IdeaState.DECLINED]
    take_back(slots[2], actor=town.director)
    assert Idea.objects.get(pk=slots[2].team.idea_id).state == IdeaState.RECEIVED
    for idea in (Idea.objects.get(pk=slots[2].team.idea_id), other):
        with pytest.raises(PermissionDenied):
            decline(idea, actor=town.director, reason="Nei.")
        with pytest.raises(PermissionDenied):
            decline(other, actor=Mandated(town.director, subject_id=slots[2].team.idea_id, body="X"), reason="Nei.")


def test_thread_says_that_the_panel_answered_and_to_colleagues_who(town: Town) -> None:
    day, slots, _source = ready_day(town, teams=1, places=5)
    refuse_pitch(slots[0], word=WORD, actor=town.director)
    idea = Idea.objects.get(pk=slots[0].team.idea_id)

    outside, inside = (life_of(idea, is_member=each, is_handler=False)[-1].sentence for each in (False, True))

    assert outside == f"Panelet på {day.name} svarte nei."
    assert inside == f"{town.director.name}, for panelet på {day.name}, svarte nei."


def test_page_raises_for_whoever_may_says_who_and_why_and_begins(client: Client, town: Town) -> None:
    day, slots, _source = ready_day(town, teams=3, places=1)
    start_pitch(slots[0], word=WORD, actor=town.director)
    where = {"municipality": town.municipality.slug, "slug": day.slug, "team": "lag-2"}
    page = reverse("pitching:decide", kwargs=where)
    given = {"vei": "hev", "reasons": "Den haster.", "raise_reason": "En stilling til fra direktøren."}
    client.force_login(town.director)

    lacking = client.post(page, {**given, "raise_reason": ""})
    raised = client.post(page, given)

    told = Declared.objects.get(is_raise=True)
    assert lacking.status_code == 422
    assert raised.status_code == 302
    assert (told.before, told.after, told.reason) == (1, 2, "En stilling til fra direktøren.")
    assert told.by == town.director
    assert Initiative.objects.count() == 2


def test_page_refuses_a_raise_from_whoever_may_not_and_nothing_has_changed(client: Client, town: Town) -> None:
    day, slots, _source = ready_day(town, teams=2, places=1)
    start_pitch(slots[0], word=WORD, actor=town.adviser)
    where = {"municipality": town.municipality.slug, "slug": day.slug, "team": "lag-2"}
    client.force_login(town.adviser)

    answer = client.post(
        reverse("pitching:decide", kwargs=where), {"vei": "hev", "reasons": "Ja.", "raise_reason": "Jeg vil."}
    )

    assert answer.status_code == 403
    assert not Declared.objects.filter(is_raise=True).exists()
    assert Initiative.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_decided_at_the_same_moment_take_the_last_place_once(town: Town) -> None:
    _day, slots, _source = ready_day(town, teams=2, places=1)
    refused: list[str] = []

    def decide(slot: Slot) -> None:
        try:
            with scope(municipality=town.municipality.pk):
                start_pitch(slot, word=WORD, actor=town.adviser)
        except CapacityExceeded:
            refused.append(slot.team.name)
        finally:
            connection.close()

    racers = [threading.Thread(target=decide, args=(slot,)) for slot in slots]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()

    assert Initiative.objects.count() == 1
    assert len(refused) == 1
