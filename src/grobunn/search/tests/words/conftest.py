"""An index of words in a folder of its own, followed when a test says so."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from grobunn.search.engine.words import reading
from grobunn.search.engine.words.files import Place, place
from grobunn.search.engine.words.following import Follower


@pytest.fixture
def index_place(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """The folder that searches are answered from."""
    settings.SEARCH_DIR = tmp_path / "search"
    settings.SEARCH_ENGINE = "words"
    # What is made in a test is read at once, not after the usual patience.
    monkeypatch.setattr(reading, "_PATIENCE_SECONDS", 0.0)
    return place()


@pytest.fixture
def follower(index_place: Place) -> Iterator[Follower]:
    """An indexer that takes a step when it is told to."""
    following = Follower(index_place)
    yield following
    following.close()
