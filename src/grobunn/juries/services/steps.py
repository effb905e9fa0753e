"""The one way of a panel through its machine."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from grobunn.juries.models import Panel
from grobunn.juries.services.protocols import write_protocol
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
    """Move a panel along one edge; what is signed is written down in the same transaction.

    Takes, raises and effects: as `statemachine.perform`.
    """
    with transaction.atomic():
        change = statemachine.perform(
            MACHINE,
            panel,
            edge,
            actor=actor,
            messages=MESSAGES,
            reason=reason,
            inputs=inputs,
            changes=changes,
            data=data,
        )
        if edge == "sign":
            write_protocol(panel, actor=actor)
    return change
