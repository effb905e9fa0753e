"""The machine of cases: every edge, every non-edge, and two who act at the same moment."""

from typing import Any

import pytest

from grobunn.cases.models import Case, Draft
from grobunn.cases.services.drafts import save_draft
from grobunn.cases.services.steps import STEPS, draft_of, move_case
from grobunn.cases.states import CASES, CaseState
from grobunn.cases.tests.conftest import Town
from grobunn.cases.tests.factories import make_case
from grobunn.kernel.models import StateChange
from grobunn.kernel.statemachine import InputMissing, NotPossibleNow, SomebodyWasFirst

EDGES = [(edge.name, source) for edge in CASES.edges for source in sorted(edge.sources)]
NON_EDGES = [(edge.name, state) for edge in CASES.edges for state in CaseState.values if state not in edge.sources]


def _in_state(town: Town, state: str) -> Case:
    """A case in a state, with something written that readers do not see yet."""
    case = make_case(town.municipality, state=state, owner=town.writer, editor=town.adviser)
    if state == CaseState.PUBLISHED:
        save_draft(case, actor=town.writer, revision=draft_of(case).revision, changes={"effect": "Færre avvik."})
    return case


def _arguments(name: str) -> dict[str, Any]:
    return {"reason": "Fordi."} if CASES.by_name[name].is_reason_required else {}


def test_every_edge_has_a_service() -> None:
    assert set(STEPS) == set(CASES.by_name)


@pytest.mark.parametrize(("name", "source"), EDGES)
def test_every_edge_leads_where_the_table_says(town: Town, name: str, source: str) -> None:
    case = _in_state(town, source)
    version = case.version

    change = move_case(case, name, actor=town.adviser, **_arguments(name))

    case.refresh_from_db()
    assert case.state == (CASES.by_name[name].target or source)
    assert case.version == version + 1
    assert (change.from_state, change.to_state, change.edge) == (source, case.state, name)


@pytest.mark.parametrize(("name", "state"), NON_EDGES)
def test_every_non_edge_is_refused_and_changes_nothing(town: Town, name: str, state: str) -> None:
    case = _in_state(town, state)
    steps = StateChange.objects.filter(subject_id=case.pk).count()
    before = Case.objects.filter(pk=case.pk).values().get()

    with pytest.raises(NotPossibleNow):
        move_case(case, name, actor=town.adviser, **_arguments(name))

    assert Case.objects.filter(pk=case.pk).values().get() == before
    assert StateChange.objects.filter(subject_id=case.pk).count() == steps


@pytest.mark.parametrize("name", [edge.name for edge in CASES.edges if edge.is_reason_required])
def test_step_without_its_reason_is_refused(town: Town, name: str) -> None:
    case = _in_state(town, min(CASES.by_name[name].sources))

    with pytest.raises(InputMissing) as refusal:
        move_case(case, name, actor=town.adviser, reason=" ")

    assert refusal.value.fields == ("reason",)


@pytest.mark.parametrize(("name", "source"), EDGES)
def test_of_two_who_act_at_once_one_wins_and_the_other_is_told(town: Town, name: str, source: str) -> None:
    case = _in_state(town, source)
    same_case = Case.objects.get(pk=case.pk)
    move_case(case, name, actor=town.adviser, **_arguments(name))
    steps = StateChange.objects.filter(subject_id=case.pk).count()

    # Something is left to publish: else the guard would refuse before the race is seen.
    Draft.objects.filter(case=case).update(is_published=False)

    with pytest.raises(SomebodyWasFirst):
        move_case(same_case, name, actor=town.adviser, **_arguments(name))

    assert StateChange.objects.filter(subject_id=case.pk).count() == steps
