"""Gates, phases and methods: what is needed, who decides, and what stays in the log."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from grobunn.initiatives import requirements
from grobunn.initiatives.guards import (
    AskedAlready,
    GateNotReady,
    GateStandsBetween,
    NoGateHere,
    NoSuchPhase,
    SameMethod,
)
from grobunn.initiatives.models import Attachment, Initiative
from grobunn.initiatives.queries.phases import phase_now
from grobunn.initiatives.requirements import Requirement
from grobunn.initiatives.services.gates import ask_decision, pass_gate, send_back
from grobunn.initiatives.services.phases import change_phase, switch_method
from grobunn.initiatives.tests.conftest import Town
from grobunn.initiatives.tests.factories import make_initiative
from grobunn.kernel.models import StateChange
from grobunn.kernel.statemachine import InputMissing, SomebodyWasFirst
from grobunn.methods.queries import method_of
from grobunn.methods.shapes import Method
from grobunn.methods.stages import Stage


@pytest.fixture
def initiative(town: Town) -> Initiative:
    """In the concept phase of Prosjektveiviseren, which ends in a gate of the leaders above."""
    return make_initiative(town.ward, owner=town.leader, by=town.adviser, method="prosjektveiviseren", phase="konsept")


@pytest.fixture
def benefits() -> Iterator[set[Any]]:
    """As a feature that keeps benefits would ask for them: the ids of the initiatives that have some."""
    there: set[Any] = set()
    requirements.register(Requirement("benefits", "a benefit with an owner", lambda each: each.pk in there))
    yield there
    requirements._requirements.pop("benefits")


def hand_in(initiative: Initiative, key: str) -> None:
    Attachment.objects.create(
        municipality_id=initiative.municipality_id, initiative=initiative, hand_in=key, title=key, text="Slik gjør vi."
    )


def edges(initiative: Initiative) -> list[str]:
    return list(StateChange.objects.filter(subject_id=initiative.pk).order_by("id").values_list("edge", flat=True))


def named(town: Town, key: str) -> Method:
    found = method_of(town.municipality.pk, key)
    assert found is not None
    return found


def test_pass_gate_without_its_hand_in_and_a_willing_owner_is_refused_and_names_both(
    town: Town, initiative: Initiative
) -> None:
    Initiative.objects.filter(pk=initiative.pk).update(is_owner_asked=True)
    initiative.refresh_from_db()

    with pytest.raises(GateNotReady) as refused:
        pass_gate(initiative, actor=town.director, reason="Bra nok.")

    initiative.refresh_from_db()
    assert [each.key for each in refused.value.missing] == ["owner", "prosjektforslag"]
    assert (initiative.phase, edges(initiative)) == ("konsept", ["create"])


def test_pass_gate_asks_for_benefits_once_a_feature_keeps_them(
    town: Town, initiative: Initiative, benefits: set[Any]
) -> None:
    hand_in(initiative, "prosjektforslag")

    with pytest.raises(GateNotReady) as refused:
        pass_gate(initiative, actor=town.director, reason="Vi går videre.")
    benefits.add(initiative.pk)
    pass_gate(initiative, actor=town.director, reason="Vi går videre.")

    assert [each.key for each in refused.value.missing] == ["benefits"]
    assert (initiative.phase, initiative.stage) == ("planlegge", Stage.PILOT)


def test_pass_gate_moves_on_and_keeps_the_reason_in_the_log(town: Town, initiative: Initiative) -> None:
    hand_in(initiative, "prosjektforslag")
    before = initiative.stage_since

    change = pass_gate(initiative, actor=town.director, reason="Gevinsten er tydelig.", version=initiative.version)

    initiative.refresh_from_db()
    assert (initiative.phase, initiative.stage) == ("planlegge", Stage.PILOT)
    assert initiative.stage_since > before
    assert change.reason == "Gevinsten er tydelig."
    assert {name: change.data[name] for name in ("method", "phase", "gate", "to_phase")} == {
        "method": "prosjektveiviseren",
        "phase": "konsept",
        "gate": "bp2",
        "to_phase": "planlegge",
    }


@pytest.mark.parametrize("decide", [pass_gate, send_back])
@pytest.mark.parametrize("who", ["leader", "adviser", "nurse", "outsider"])
def test_gate_of_the_leaders_above_is_not_for_others(town: Town, initiative: Initiative, decide: Any, who: str) -> None:
    hand_in(initiative, "prosjektforslag")

    with pytest.raises(PermissionDenied):
        decide(initiative, actor=getattr(town, who), reason="Vi går videre.")

    initiative.refresh_from_db()
    assert (initiative.phase, edges(initiative)) == ("konsept", ["create"])


def test_gate_of_the_owner_is_decided_by_the_owner(town: Town) -> None:
    initiative = make_initiative(town.ward, owner=town.leader, by=town.adviser, phase="innsikt-og-ide")
    hand_in(initiative, "behov")

    pass_gate(initiative, actor=town.leader, reason="Behovet er klart.")

    assert initiative.phase == "utvikling"


def test_pass_gate_without_a_reason_is_refused(town: Town, initiative: Initiative) -> None:
    hand_in(initiative, "prosjektforslag")

    with pytest.raises(InputMissing):
        pass_gate(initiative, actor=town.director, reason=" ")

    assert edges(initiative) == ["create"]


def test_second_decider_is_told_and_changes_nothing(town: Town, initiative: Initiative) -> None:
    hand_in(initiative, "prosjektforslag")
    seen_by_both = Initiative.objects.get(pk=initiative.pk)
    pass_gate(initiative, actor=town.director, reason="Vi går videre.")

    with pytest.raises(NoGateHere):
        send_back(seen_by_both, actor=town.director, reason="Ikke ennå.")
    with pytest.raises(SomebodyWasFirst):
        pass_gate(initiative, actor=town.director, reason="Igjen.", version=seen_by_both.version)

    initiative.refresh_from_db()
    assert (initiative.phase, edges(initiative)) == ("planlegge", ["create", "pass_gate"])


def test_send_back_leaves_the_work_where_it_is_with_the_reason(town: Town, initiative: Initiative) -> None:
    change = send_back(initiative, actor=town.director, reason="Tallene mangler.")

    assert (initiative.phase, change.reason, change.data["gate"]) == ("konsept", "Tallene mangler.", "bp2")


def test_ask_decision_is_kept_until_it_is_answered(town: Town, initiative: Initiative) -> None:
    hand_in(initiative, "prosjektforslag")

    asked = ask_decision(initiative, actor=town.leader)
    with pytest.raises(AskedAlready):
        ask_decision(initiative, actor=town.leader)
    gate = phase_now(initiative).gate
    assert gate is not None
    assert gate.asked_at == asked.at

    send_back(initiative, actor=town.director, reason="Tallene mangler.")
    gate = phase_now(initiative).gate
    assert gate is not None
    assert gate.asked_at is None


def test_ask_decision_before_all_is_there_is_refused(town: Town, initiative: Initiative) -> None:
    with pytest.raises(GateNotReady):
        ask_decision(initiative, actor=town.leader)

    assert edges(initiative) == ["create"]


def test_change_phase_past_a_gate_that_nobody_decided_is_refused(town: Town, initiative: Initiative) -> None:
    with pytest.raises(GateStandsBetween) as refused:
        change_phase(initiative, phase="gjennomfore", actor=town.leader)

    initiative.refresh_from_db()
    assert (refused.value.gate.key, initiative.phase) == ("bp2", "konsept")


def test_change_phase_goes_back_and_on_again_through_a_passed_gate(town: Town, initiative: Initiative) -> None:
    hand_in(initiative, "prosjektforslag")
    pass_gate(initiative, actor=town.director, reason="Vi går videre.")

    change_phase(initiative, phase="konsept", actor=town.leader, reason="Vi må spørre flere.")
    assert (initiative.phase, initiative.stage) == ("konsept", Stage.CONCEPT)
    with pytest.raises(NoGateHere):
        pass_gate(initiative, actor=town.director, reason="En gang til.")
    change_phase(initiative, phase="planlegge", actor=town.leader)

    assert (initiative.phase, initiative.stage) == ("planlegge", Stage.PILOT)


@pytest.mark.parametrize("phase", ["konsept", "finnes-ikke"])
def test_change_phase_to_where_it_is_or_nowhere_is_refused(town: Town, initiative: Initiative, phase: str) -> None:
    with pytest.raises(NoSuchPhase):
        change_phase(initiative, phase=phase, actor=town.leader)

    assert edges(initiative) == ["create"]


def test_switch_method_keeps_stage_and_history(town: Town, initiative: Initiative) -> None:
    hand_in(initiative, "prosjektforslag")
    pass_gate(initiative, actor=town.director, reason="Vi går videre.")
    since = initiative.stage_since

    switch_method(initiative, method=named(town, "veikart"), actor=town.leader, reason="Passer oss bedre.")

    initiative.refresh_from_db()
    assert (initiative.method, initiative.phase, initiative.stage) == ("veikart", "utvikling", Stage.PILOT)
    assert initiative.stage_since == since
    assert edges(initiative) == ["create", "pass_gate", "switch_method"]

    switch_method(initiative, method=named(town, "prosjektveiviseren"), actor=town.leader, reason="Tilbake igjen.")
    assert initiative.phase == "planlegge"
    assert phase_now(initiative).passed == {"bp2"}


def test_switch_method_to_the_same_is_refused(town: Town, initiative: Initiative) -> None:
    with pytest.raises(SameMethod):
        switch_method(
            initiative, method=named(town, "prosjektveiviseren"), actor=town.leader, reason="Passer oss bedre."
        )

    assert edges(initiative) == ["create"]


def test_phase_without_a_gate_has_nothing_to_decide(town: Town) -> None:
    initiative = make_initiative(town.ward, owner=town.leader, by=town.adviser, method="veikart")

    with pytest.raises(NoGateHere):
        pass_gate(initiative, actor=town.director, reason="Vi går videre.")
    change_phase(initiative, phase="innsikt-og-ide", actor=town.leader)

    assert initiative.phase == "innsikt-og-ide"
