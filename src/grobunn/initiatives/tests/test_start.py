"""Beginning work: with somebody to carry it and room for it, or not at all."""

from dataclasses import replace
from decimal import Decimal

import pytest

from grobunn.capacity.errors import CapacityExceeded
from grobunn.capacity.models import Reservation
from grobunn.capacity.quarters import Quarter
from grobunn.capacity.queries.room import Line
from grobunn.ideas.states import IdeaState
from grobunn.ideas.tests.factories import make_idea
from grobunn.initiatives.models import Feed, Initiative, Milestone
from grobunn.initiatives.services.start import NotReadyToStart, start_initiative
from grobunn.initiatives.tests.conftest import Town
from grobunn.initiatives.tests.factories import beginning_of, make_initiative, make_source
from grobunn.kernel import ids
from grobunn.kernel.models import StateChange


def test_start_initiative_with_all_that_it_needs_reserves_and_answers_the_idea(town: Town) -> None:
    idea = make_idea(town.municipality)
    source = make_source(town.ward, by=town.leader, amount=2)

    initiative = make_initiative(town.ward, owner=town.leader, by=town.adviser, source=source, ideas=(idea,))

    idea.refresh_from_db()
    assert idea.state == IdeaState.STARTED
    assert initiative.reference == f"{town.municipality.slug}-i1"
    assert [row.amount for row in Reservation.objects.filter(claim_id=initiative.pk)] == [Decimal(1)]
    assert [row.title for row in Milestone.objects.filter(initiative=initiative)] == ["Ti senger har sensor"]
    assert [row.edge for row in StateChange.objects.filter(subject_id=initiative.pk)] == ["create"]


def test_start_initiative_without_room_changes_nothing_and_says_when_there_is(town: Town) -> None:
    idea = make_idea(town.municipality)
    source = make_source(town.ward, by=town.leader, amount=1, quarters=2)
    make_initiative(town.ward, owner=town.leader, by=town.adviser, source=source)

    with pytest.raises(CapacityExceeded) as refused:
        make_initiative(town.ward, owner=town.leader, by=town.adviser, source=source, ideas=(idea,))

    idea.refresh_from_db()
    assert [(each.source, each.quarter, each.missing) for each in refused.value.shortfalls] == [
        (source, Quarter.now(), Decimal(1))
    ]
    assert refused.value.free_from == Quarter.now() + 1
    assert idea.state == IdeaState.RECEIVED
    assert (Initiative.objects.count(), Feed.objects.count()) == (1, 0)


def test_start_initiative_sent_twice_begins_once(town: Town) -> None:
    source = make_source(town.ward, by=town.leader)
    line = Line(source=source, quarter=Quarter.now(), amount=Decimal(1))
    beginning = beginning_of(town.ward, owner=town.leader, lines=[line], key=ids.new_id())

    first = start_initiative(town.municipality, beginning=beginning, actor=town.adviser)
    second = start_initiative(town.municipality, beginning=beginning, actor=town.adviser)

    assert first == second
    assert Initiative.objects.count() == 1


def test_start_initiative_without_a_hypothesis_is_refused(town: Town) -> None:
    source = make_source(town.ward, by=town.leader)
    line = Line(source=source, quarter=Quarter.now(), amount=Decimal(1))
    beginning = replace(beginning_of(town.ward, owner=town.leader, lines=[line]), hypothesis=" ")

    with pytest.raises(NotReadyToStart) as refused:
        start_initiative(town.municipality, beginning=beginning, actor=town.adviser)

    assert refused.value.field == "hypothesis"
    assert Initiative.objects.count() == 0
