"""Meaning, switched on with a model that takes no time."""

import pytest
from pytest_django import Settings

from grobunn.search.meaning import asking, providers
from grobunn.search.meaning.pace import Pace
from grobunn.search.tests.meaning.models import KnowsSynonyms


@pytest.fixture
def model(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> KnowsSynonyms:
    """The chosen model; what it was asked and whether it fails is in the test's hands."""
    made = KnowsSynonyms()
    settings.MEANING = "embedded"
    monkeypatch.setattr(providers, "_made", lambda *_choice: made)
    monkeypatch.setattr(asking, "_recent", asking._Recent(8))
    # However busy the machine is that the tests run on.
    monkeypatch.setattr(asking, "_pace", Pace(longest_seconds=60, again_seconds=60))
    monkeypatch.setattr(asking, "_TURN_SECONDS", 60)
    return made
