"""Two advisers start the last place at the same moment: one gets it, the other is told what is missing."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import connection
from django_scopes import scope

from grobunn.accounts.models import User
from grobunn.capacity.errors import CapacityExceeded
from grobunn.capacity.models import Reservation
from grobunn.capacity.quarters import Quarter
from grobunn.capacity.queries.room import Line
from grobunn.ideas.models import Idea
from grobunn.ideas.tests.factories import make_idea
from grobunn.initiatives.models import Feed, Initiative
from grobunn.initiatives.services.start import start_initiative
from grobunn.initiatives.services.ways import raise_and_start
from grobunn.initiatives.tests.factories import beginning_of, make_source
from grobunn.kernel.statemachine import NotPossibleNow, SomebodyWasFirst
from grobunn.organisations.models import Municipality, Role, Unit
from grobunn.organisations.tests.factories import (
    MunicipalityFactory,
    RoleAssignmentFactory,
    UnitFactory,
    adviser_of,
)

pytestmark = pytest.mark.django_db(transaction=True)
_ONE = Decimal(1)


def _unit(here: Municipality) -> tuple[Unit, User]:
    unit = UnitFactory(municipality=here)
    return unit, RoleAssignmentFactory(municipality=here, unit=unit, role=Role.UNIT_LEADER).user


def _at_once(here: Municipality, works: list[Callable[[], object]]) -> list[str]:
    barrier = Barrier(len(works))

    def run(work: Callable[[], object]) -> str:
        try:
            with scope(municipality=here.pk):
                barrier.wait()
                work()
            return "begun"
        except (CapacityExceeded, SomebodyWasFirst, NotPossibleNow) as refused:
            return type(refused).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return sorted(pool.map(run, works))


def test_one_gets_the_last_place_and_the_other_is_told() -> None:
    here = MunicipalityFactory(is_in_use=True)
    with scope(municipality=here.pk):
        unit, leader = _unit(here)
        advisers = [adviser_of(here), adviser_of(here)]
        source = make_source(unit, by=leader, amount=1, quarters=1)
        ideas = [make_idea(here, unit=unit) for _adviser in advisers]
        beginning = beginning_of(unit, owner=leader, lines=[Line(source=source, quarter=Quarter.now(), amount=_ONE)])

    def begin(idea: Idea, adviser: User) -> Callable[[], object]:
        return lambda: start_initiative(here, beginning=beginning, ideas=[idea], actor=adviser)

    outcomes = _at_once(here, [begin(idea, adviser) for idea, adviser in zip(ideas, advisers, strict=True)])

    with scope(municipality=here.pk):
        assert outcomes == ["CapacityExceeded", "begun"]
        assert (Initiative.objects.count(), Feed.objects.count(), Reservation.objects.count()) == (1, 1, 1)


def test_raising_and_beginning_at_once_waits_and_never_stands_still() -> None:
    here = MunicipalityFactory(is_in_use=True)
    with scope(municipality=here.pk):
        unit, leader = _unit(here)
        source = make_source(unit, by=leader, amount=1, quarters=1)
        ideas = [make_idea(here, unit=unit) for _time in range(4)]
        adviser = adviser_of(here)
        beginning = beginning_of(unit, owner=leader, lines=[Line(source=source, quarter=Quarter.now(), amount=_ONE)])

    def begin(idea: Idea, is_raised: bool) -> Callable[[], object]:
        given = {"beginning": beginning, "ideas": [idea]}
        if is_raised:
            return lambda: raise_and_start(here, reason="Vi har fått en stilling.", actor=leader, **given)
        return lambda: start_initiative(here, actor=adviser, **given)

    outcomes = _at_once(here, [begin(idea, number % 2 == 0) for number, idea in enumerate(ideas)])

    with scope(municipality=here.pk):
        assert set(outcomes) <= {"begun", "CapacityExceeded"}
        assert outcomes.count("begun") >= 2
        assert Initiative.objects.count() == outcomes.count("begun") == Reservation.objects.count()


def test_one_idea_started_by_two_begins_once() -> None:
    here = MunicipalityFactory(is_in_use=True)
    with scope(municipality=here.pk):
        unit, leader = _unit(here)
        advisers = [adviser_of(here), adviser_of(here)]
        source = make_source(unit, by=leader, amount=5, quarters=1)
        idea = make_idea(here, unit=unit)
        beginning = beginning_of(unit, owner=leader, lines=[Line(source=source, quarter=Quarter.now(), amount=_ONE)])

    def begin(adviser: User) -> Callable[[], object]:
        own = Idea.objects.select_related("municipality").get(pk=idea.pk)
        return lambda: start_initiative(here, beginning=beginning, ideas=[own], actor=adviser)

    with scope(municipality=here.pk):
        works = [begin(adviser) for adviser in advisers]
    outcomes = _at_once(here, works)

    with scope(municipality=here.pk):
        assert outcomes in (["NotPossibleNow", "begun"], ["SomebodyWasFirst", "begun"])
        assert (Initiative.objects.count(), Reservation.objects.count()) == (1, 1)
