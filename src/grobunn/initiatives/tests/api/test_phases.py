"""Phases, gates and methods over the API."""

from grobunn.accounts.tests.asking import Ask
from grobunn.initiatives.models import Attachment, Initiative
from grobunn.initiatives.tests.conftest import Town
from grobunn.initiatives.tests.factories import make_initiative
from grobunn.kernel.models import StateChange


def _make(town: Town) -> Initiative:
    return make_initiative(town.ward, owner=town.leader, by=town.adviser, method="prosjektveiviseren", phase="konsept")


def _hand_in(initiative: Initiative) -> None:
    Attachment.objects.create(
        municipality=initiative.municipality, initiative=initiative, hand_in="prosjektforslag", title="x", text="Slik."
    )


def test_gate_names_what_is_missing_then_lets_the_work_on(ask: Ask, town: Town) -> None:
    initiative = _make(town)
    path = f"initiatives/{initiative.reference}/gate"
    sent = {"decision": "pass_gate", "reason": "Vi går videre.", "version": initiative.version}

    refused = ask("post", path, sent, by=town.director)
    _hand_in(initiative)
    passed = ask("post", path, sent, by=town.director)
    late = ask("post", path, sent, by=town.director)

    assert (refused.status_code, passed.status_code, late.status_code) == (409, 200, 422)
    assert "Prosjektforslag" in refused.json()["detail"] or "Project proposal" in refused.json()["detail"]
    assert (passed.json()["phase"], passed.json()["stage"]) == ("planlegge", "pilot")


def test_gate_of_the_leaders_is_not_for_the_owner_who_asks_instead(ask: Ask, town: Town) -> None:
    initiative = _make(town)
    _hand_in(initiative)
    path = f"initiatives/{initiative.reference}/gate"

    refused = ask("post", path, {"decision": "pass_gate", "reason": "Ja."}, by=town.leader)
    asked = ask("post", path, {"decision": "ask_decision"}, by=town.leader)

    assert refused.status_code == 403
    assert asked.json()["gate"]["asked_at"] is not None
    edges = StateChange.objects.filter(subject_id=initiative.pk).order_by("id").values_list("edge", flat=True)
    assert list(edges) == ["create", "ask_decision"]


def test_phase_past_a_gate_is_refused_and_back_is_fine(ask: Ask, town: Town) -> None:
    initiative = _make(town)
    path = f"initiatives/{initiative.reference}/phase"

    shown = ask("get", path, by=town.nurse).json()
    refused = ask("post", path, {"phase": "gjennomfore"}, by=town.leader)
    unknown = ask("post", path, {"phase": "nowhere"}, by=town.leader)
    back = ask("post", path, {"phase": "ide"}, by=town.leader)

    assert [(need["key"], need["is_met"]) for need in shown["gate"]["needs"]] == [
        ("owner", True),
        ("prosjektforslag", False),
    ]
    assert (refused.status_code, unknown.status_code) == (409, 422)
    assert back.json()["phase"] == "ide"


def test_method_is_switched_with_a_reason_and_keeps_the_stage(ask: Ask, town: Town) -> None:
    initiative = _make(town)
    path = f"initiatives/{initiative.reference}/method"

    without = ask("post", path, {"method": "veikart", "reason": ""}, by=town.leader)
    switched = ask("post", path, {"method": "veikart", "reason": "Passer oss bedre."}, by=town.leader)

    assert without.status_code == 422
    assert (switched.json()["phase"], switched.json()["stage"]) == ("innsikt-og-ide", "concept")


def test_methods_of_a_municipality_are_for_its_members(ask: Ask, town: Town) -> None:
    path = f"municipalities/{town.municipality.slug}/methods"
    scopes = frozenset({"methods:read"})

    listed = ask("get", path, by=town.nurse, scopes=scopes).json()

    assert [method["key"] for method in listed] == ["veikart", "prosjektveiviseren", "trippel-diamant"]
    assert listed[1]["phases"][1]["gate"]["needs"] == ["owner", "prosjektforslag", "benefits"]
    assert ask("get", path, by=town.outsider, scopes=scopes).status_code == 404
