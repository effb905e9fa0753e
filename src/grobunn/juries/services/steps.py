"""The one way of a panel through its machine."""

from collections.abc import Mapping
from typing import Any

from grobunn.juries.models import Panel
from grobunn.juries.states import MACHINE, MESSAGES
from grobunn.kernel import statemachine
from grobunn.kernel.actors import Actor
from grobunn.kernel.models import StateChange


def step(
    panel: Panel,
    edge: str,
    *,
    actor: Actor,
    reason: str = "",
    inputs: Mapping[str, Any] | None = None,
    changes: Mapping[str, Any] | None = None,
    data: Mapping[str, Any] | None = None,
) -> StateChange:
    """Move a panel along one edge. Takes, raises and effects: as `statemachine.perform`."""
    return statemachine.perform(
        MACHINE, panel, edge, actor=actor, messages=MESSAGES, reason=reason, inputs=inputs, changes=changes, data=data
    )
