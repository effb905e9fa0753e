"""The machine of ideas: every edge, every non-edge, and any walk through it."""

import itertools
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grobunn.ideas.models import Idea
from grobunn.ideas.services.answer import SameHolder, wake
from grobunn.ideas.services.transitions import TRANSITIONS, move_idea
from grobunn.ideas.states import AWAITING_ANSWER, MACHINE, OPEN, IdeaState
from grobunn.ideas.tests.conftest import Town
from grobunn.ideas.tests.factories import make_idea
from grobunn.kernel import clock
from grobunn.kernel.actors import Actor, ReceiptHolder
from grobunn.kernel.models import StateChange
from grobunn.kernel.statemachine import NotPossibleNow
from grobunn.organisations.models import Role

WRITERS_OWN = {"reply", "withdraw"}


def _arguments(name: str, town: Town, other: Idea) -> dict[str, Any]:
    until = clock.today() + timedelta(days=20)
    return {
        "ask": {"reason": "Hvor?"},
        "reply": {"reason": "Der."},
        "forward": {"role": Role.DIRECTOR, "unit": town.office},
        "start": {"reason": "Ja."},
        "park": {"reason": "Senere.", "until": until},
        "solve": {"reason": "Se her.", "solution": "Benkeboka"},
        "merge": {"into": other},
        "decline": {"reason": "Nei."},
        "reopen": {"reason": "Likevel."},
    }.get(name, {})


def _actor(name: str, town: Town, idea: Idea) -> Actor:
    return ReceiptHolder(idea.receipt) if name in WRITERS_OWN else town.adviser


def _in_state(town: Town, state: str, other: Idea) -> Idea:
    """An idea brought to a state by the machine itself."""
    way = {
        IdeaState.RECEIVED: [],
        IdeaState.ASSESSING: ["take_up"],
        IdeaState.ASKED: ["ask"],
        IdeaState.PARKED: ["park"],
        IdeaState.DECLINED: ["decline"],
        IdeaState.SOLVED: ["solve"],
        IdeaState.MERGED: ["merge"],
        IdeaState.STARTED: ["start"],
        IdeaState.WITHDRAWN: ["withdraw"],
    }[IdeaState(state)]
    idea = make_idea(town.municipality)
    for name in way:
        move_idea(idea, name, actor=_actor(name, town, idea), **_arguments(name, town, other))
    return idea


EDGES = [(edge.name, source) for edge in MACHINE.edges for source in sorted(edge.sources) if edge.name in TRANSITIONS]
NON_EDGES = [
    (edge.name, state)
    for edge in MACHINE.edges
    for state in IdeaState.values
    if state not in edge.sources and edge.name in TRANSITIONS
]


@pytest.mark.parametrize(("name", "source"), EDGES)
def test_every_edge_leads_where_the_table_says(town: Town, name: str, source: str) -> None:
    other = make_idea(town.municipality)
    idea = _in_state(town, source, other)
    version = idea.version

    change = move_idea(idea, name, actor=_actor(name, town, idea), **_arguments(name, town, other))

    idea.refresh_from_db()
    assert idea.state == MACHINE.by_name[name].target
    assert idea.version == version + 1
    assert (change.from_state, change.to_state, change.edge) == (source, idea.state, name)


@pytest.mark.parametrize(("name", "source"), NON_EDGES)
def test_every_non_edge_is_refused_and_changes_nothing(town: Town, name: str, source: str) -> None:
    other = make_idea(town.municipality)
    idea = _in_state(town, source, other)
    steps = StateChange.objects.count()

    with pytest.raises(NotPossibleNow):
        move_idea(idea, name, actor=_actor(name, town, idea), **_arguments(name, town, other))

    idea.refresh_from_db()
    assert idea.state == source
    assert StateChange.objects.count() == steps


def test_wake_is_the_systems_own_and_only_from_parked(town: Town) -> None:
    other = make_idea(town.municipality)
    for state in IdeaState.values:
        idea = _in_state(town, state, other)
        if state == IdeaState.PARKED:
            wake(idea)
            assert idea.state == IdeaState.RECEIVED
            continue
        with pytest.raises(NotPossibleNow):
            wake(idea)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(st.sampled_from(sorted(TRANSITIONS)), max_size=12))
def test_any_walk_keeps_what_must_always_hold(town: Town, names: list[str]) -> None:
    other = make_idea(town.municipality)
    idea = make_idea(town.municipality)

    for name in names:
        try:
            move_idea(idea, name, actor=_actor(name, town, idea), **_arguments(name, town, other))
        except SameHolder:
            assert name == "forward"
        except NotPossibleNow:
            assert idea.state not in MACHINE.by_name[name].sources

    kept = Idea.objects.get(pk=idea.pk)
    life = list(StateChange.objects.filter(subject_id=idea.pk).order_by("id"))
    assert kept.version == len(life)
    assert [step.to_state for step in life][-1] == kept.state
    assert all(before.to_state == after.from_state for before, after in itertools.pairwise(life))
    # Withdrawn while open it keeps the date, withdrawn while parked it had none.
    assert kept.state == IdeaState.WITHDRAWN or (kept.answer_due_on is not None) == (kept.state in OPEN)
    assert (kept.clock_paused_on is not None) == (kept.state == IdeaState.ASKED)
    assert kept.holder_role
    assert kept.state not in AWAITING_ANSWER or kept.answer_due_on is not None
