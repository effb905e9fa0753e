"""The table of a machine: what is refused when it is written down wrongly."""

import pytest
from django.db import models

from grobunn.kernel.statemachine import Edge, Machine


class Light(models.TextChoices):
    RED = "red"
    GREEN = "green"


def _edge(**changes: object) -> Edge:
    given = {"name": "go", "label": "Go", "sources": frozenset({"red"}), "target": "green", "permission": "test.go"}
    return Edge(**{**given, **changes})  # type: ignore[arg-type]


def _machine(*edges: Edge, initial: str = "red") -> Machine:
    return Machine(name="test", model_label="test.Light", states=Light, initial=initial, edges=edges)


def test_machine_with_known_states_knows_its_edges() -> None:
    go, stay = _edge(), _edge(name="blink", target=None)

    machine = _machine(go, stay)

    assert machine.edges_from("red") == [go, stay]
    assert machine.edges_from("green") == []


def test_machine_with_an_unknown_state_is_refused() -> None:
    with pytest.raises(ValueError, match="blue"):
        _machine(_edge(target="blue"))


def test_machine_with_two_edges_of_one_name_is_refused() -> None:
    with pytest.raises(ValueError, match="two edges"):
        _machine(_edge(), _edge())


def test_machine_with_an_unknown_initial_state_is_refused() -> None:
    with pytest.raises(ValueError, match="blue"):
        _machine(_edge(), initial="blue")
