"""Taking another's case into use: several at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django_scopes import scopes_disabled

from grobunn.cases.models import Adoption, Case
from grobunn.cases.services import adoptions
from grobunn.cases.services.adoptions import begin_adoption, move_adoption
from grobunn.cases.states import AdoptionState
from grobunn.cases.tests.conftest import Neighbour
from grobunn.cases.tests.factories import arguments_of, make_adoption
from grobunn.kernel import ids
from grobunn.kernel.actors import Actor
from grobunn.kernel.models import StateChange
from grobunn.kernel.statemachine import NotPossibleNow, SomebodyWasFirst
from grobunn.organisations.models import Municipality
from grobunn.organisations.tests.factories import MunicipalityFactory, adviser_of


def _at_once(acts: list[Callable[[], Any]]) -> list[Any]:
    """What several acts give when they are done at the same moment, refusals too."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            barrier.wait()
            return act()
        except (SomebodyWasFirst, NotPossibleNow, adoptions.AlreadyBegun) as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [each.result() for each in [pool.submit(run, act) for act in acts]]


@pytest.mark.django_db(transaction=True)
def test_begun_at_once_by_colleagues_is_one_adoption(case: Case, neighbour: Neighbour) -> None:
    given = _at_once(
        [
            partial(begin_adoption, case, municipality=neighbour.municipality, actor=person, key=ids.new_id())
            for person in (neighbour.adviser, neighbour.rnd_contact, neighbour.adviser)
        ]
    )

    with scopes_disabled():
        assert Adoption.objects.count() == 1
    assert [type(each).__name__ for each in given].count("AlreadyBegun") == 2


@pytest.mark.django_db(transaction=True)
def test_moved_at_once_by_colleagues_one_wins_and_the_other_is_told(case: Case, neighbour: Neighbour) -> None:
    adoption = make_adoption(case, neighbour.municipality, actor=neighbour.adviser)

    def move(name: str, actor: Actor) -> StateChange:
        with scopes_disabled():
            mine = Adoption.objects.get(pk=adoption.pk)
        return move_adoption(mine, name, actor=actor, version=adoption.version, **arguments_of(name))

    given = _at_once([lambda: move("take_into_use", neighbour.adviser), lambda: move("stop", neighbour.rnd_contact)])

    assert sum(isinstance(each, SomebodyWasFirst) for each in given) == 1
    case.refresh_from_db()
    with scopes_disabled():
        state = Adoption.objects.get(pk=adoption.pk).state
    assert case.adoption_count == (1 if state == AdoptionState.IN_USE else 0)


@pytest.mark.django_db(transaction=True)
def test_taken_into_use_at_once_by_two_municipalities_counts_both(case: Case) -> None:
    towns: list[Municipality] = [MunicipalityFactory(is_in_use=True) for _ in range(4)]
    made = [(make_adoption(case, each), adviser_of(each)) for each in towns]

    _at_once(
        [
            partial(move_adoption, adoption, "take_into_use", actor=adviser, **arguments_of("take_into_use"))
            for adoption, adviser in made
        ]
    )

    case.refresh_from_db()
    assert case.adoption_count == 4
