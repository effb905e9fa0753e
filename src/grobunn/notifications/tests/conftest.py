"""Kinds of message that exist in these tests alone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches

from grobunn.notifications import kinds
from grobunn.notifications.kinds import Kind

ANSWERED = Kind(
    name="tests.answered",
    label="Answers",
    description="When your idea is answered.",
    template="answered",
    is_mandatory=True,
    why="You wrote the idea.",
)
COMMENTED = Kind(name="tests.commented", label="Comments", description="When somebody comments.", template="commented")


@pytest.fixture(autouse=True)
def _kinds_of_the_tests(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[None]:
    templates = settings.TEMPLATES[0]
    settings.TEMPLATES = [{**templates, "DIRS": [Path(__file__).parent / "templates"]}]
    monkeypatch.setattr(kinds, "_kinds", {**kinds._kinds, ANSWERED.name: ANSWERED, COMMENTED.name: COMMENTED})
    caches["process"].clear()
    yield
    caches["process"].clear()
