"""What finds ideas said in other words: its settings, and what the operator is told."""

from typing import Any

import pytest
from pydantic import ValidationError

from grobunn.config.diagnosis import Level
from grobunn.config.diagnosis import meaning as diagnosis
from grobunn.config.environment import Environment
from grobunn.search.meaning.status import Status


@pytest.mark.parametrize(
    "choice",
    [
        {"meaning": "endpoint", "meaning_model": "small"},
        {"meaning": "endpoint", "meaning_url": "https://models.example.no/v1"},
        {"meaning": "endpoint", "meaning_url": "models.example.no", "meaning_model": "small"},
        {"meaning": "endpoint", "meaning_url": "https://u:key@models.example.no/v1", "meaning_model": "small"},
        {"meaning": "local"},
        {"meaning": "telepathy"},
    ],
)
def test_settings_that_lack_something_are_refused(choice: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Environment(**choice)


@pytest.mark.parametrize(
    ("told", "failure", "level", "word"),
    [
        (Status("off"), "", Level.OK, "switched off"),
        (Status("not installed", reason="embedded"), "", Level.WARNING, "words alone"),
        (Status("not installed", reason="local"), "", Level.WARNING, "words alone"),
        (Status("extension", reason="extension missing"), "", Level.WARNING, "words alone"),
        (Status("extension", reason="extension too old"), "", Level.WARNING, "words alone"),
        (Status("extension", reason="extension not allowed"), "", Level.WARNING, "words alone"),
        (Status("on", model="small"), "It does not answer.", Level.WARNING, "It does not answer."),
        (Status("on", model="small", waiting=3), "", Level.OK, "small answers, 3 texts wait"),
        (Status("beginning", model="small", waiting=9), "", Level.OK, "is learning, 9 texts wait"),
        (Status("changing", model="small", waiting=9), "", Level.OK, "the model before answers meanwhile"),
    ],
)
def test_operator_is_told_how_it_stands(
    told: Status, failure: str, level: Level, word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(diagnosis, "status", lambda: told)
    monkeypatch.setattr(diagnosis, "failure", lambda: failure)

    (finding,) = diagnosis.meaning(Environment())

    assert finding.level is level
    assert word in finding.message
    assert bool(finding.advice) is (level is Level.WARNING)
