"""The manual tells all that the code declares: a setting, command, event, permission or state without words fails."""

from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class

from grobunn.config.environment import Environment
from grobunn.config.reference import PAGES
from grobunn.kernel import events, permissions, statemachine

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _in_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@pytest.mark.parametrize("name", sorted(PAGES))
def test_generated_page_is_as_committed(name: str) -> None:
    from django.utils import translation

    with translation.override("en"):
        made = PAGES[name]()

    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == made, "Run `grobunn write_reference` and commit."


@pytest.mark.parametrize("name", sorted(Environment.model_fields))
def test_setting_is_explained(name: str) -> None:
    assert len(Environment.model_fields[name].description or "") > 10


@pytest.mark.parametrize("name", sorted(name for name, app in get_commands().items() if app.startswith("grobunn.")))
def test_command_is_explained(name: str) -> None:
    assert len(load_command_class(get_commands()[name], name).help) > 10


@pytest.mark.parametrize("name", sorted(events.registered()))
def test_event_is_explained(name: str) -> None:
    assert len(events.registered()[name].__doc__ or "") > 10


@pytest.mark.parametrize("name", sorted(permissions.declared()))
def test_permission_says_who(name: str) -> None:
    assert len(permissions.declared()[name].who) > 5


@pytest.mark.parametrize("name", sorted(statemachine.registered()))
def test_every_edge_of_a_machine_asks_for_a_declared_permission(name: str) -> None:
    machine = statemachine.registered()[name]

    assert {edge.permission for edge in machine.edges} <= set(permissions.declared())
