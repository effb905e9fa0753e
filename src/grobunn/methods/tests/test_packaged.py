"""The methods that come with Grobunn: whole in every language, and in themselves."""

import itertools
from typing import Any

import pytest

from grobunn.methods.packaged import KEYS, _data, packaged_method
from grobunn.methods.shapes import Method
from grobunn.methods.stages import OF_PHASES

LANGUAGES = ("nb", "nn", "en")
# What features register for gates, today or in time; everything else that a gate needs is a hand-in of its method.
KNOWN_NEEDS = {"owner", "hypothesis", "milestone", "risks", "benefits"}


def _method(key: str, language: str = "nb") -> Method:
    method = packaged_method(key, language)
    assert method is not None
    return method


def _words(data: Any) -> list[dict[str, str]]:
    """Every text in three languages, wherever it stands."""
    if isinstance(data, list):
        return [words for each in data for words in _words(each)]
    if not isinstance(data, dict):
        return []
    return [data] if "nb" in data else [words for each in data.values() for words in _words(each)]


@pytest.mark.parametrize("key", KEYS)
def test_every_text_is_there_in_every_language(key: str) -> None:
    texts = _words(_data(key))

    assert len(texts) > 30
    assert [words for words in texts if set(words) != set(LANGUAGES) or not all(words.values())] == []


@pytest.mark.parametrize(("key", "language"), list(itertools.product(KEYS, LANGUAGES)))
def test_every_phase_says_what_it_is_for(key: str, language: str) -> None:
    method = _method(key, language)

    assert method.name
    assert method.source_url.startswith("https://")
    assert [phase.key for phase in method.phases if not (phase.purpose and phase.questions and phase.tools)] == []


@pytest.mark.parametrize("key", KEYS)
def test_keys_are_unique(key: str) -> None:
    phases = _method(key).phases
    hand_ins = [hand_in.key for phase in phases for hand_in in phase.hand_ins]
    gates = [phase.gate.key for phase in phases if phase.gate]

    for keys in ([phase.key for phase in phases], hand_ins, gates):
        assert sorted(set(keys)) == sorted(keys)
    assert KNOWN_NEEDS.isdisjoint(hand_ins)


@pytest.mark.parametrize("key", KEYS)
def test_gates_need_what_is_known_and_handed_in_by_then(key: str) -> None:
    so_far: set[str] = set()
    for phase in _method(key).phases:
        so_far |= {hand_in.key for hand_in in phase.hand_ins}
        needs = set(phase.gate.needs) if phase.gate else set()
        assert needs - KNOWN_NEEDS <= so_far


@pytest.mark.parametrize("key", KEYS)
def test_stages_never_go_backwards(key: str) -> None:
    stages = [phase.stage for phase in _method(key).phases]

    assert set(stages) <= set(OF_PHASES)
    assert stages == sorted(stages, key=OF_PHASES.index)


def test_prosjektveiviseren_asks_for_the_proposal_an_owner_and_benefits_at_bp2() -> None:
    phase = _method("prosjektveiviseren").phase("konsept")

    assert phase is not None
    assert phase.gate is not None
    assert (phase.gate.key, phase.gate.needs, phase.gate.decided_by) == (
        "bp2",
        ("owner", "prosjektforslag", "benefits"),
        "leader",
    )


def test_phase_of_stage_lands_on_the_same_stage_or_the_last_before_it() -> None:
    diamond = _method("trippel-diamant")

    assert diamond.phase_of_stage("concept").key == "utforske-definere"
    assert diamond.phase_of_stage("implement").key == "utvikle-levere"
    assert diamond.phase_of_stage("idea").key == "diagnose"
