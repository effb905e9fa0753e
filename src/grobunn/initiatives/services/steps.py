"""The one way of an initiative through its machine: what every verb's own file calls."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django_scopes import scope

from grobunn.initiatives.models import Initiative
from grobunn.initiatives.states import MACHINE, MESSAGES
from grobunn.kernel import statemachine
from grobunn.kernel.actors import Actor
from grobunn.kernel.models import StateChange
from grobunn.kernel.statemachine import SomebodyWasFirst
from grobunn.organisations.queries import roles_of


def step(
    initiative: Initiative,
    edge: str,
    *,
    actor: Actor,
    reason: str = "",
    inputs: Mapping[str, Any] | None = None,
    changes: Mapping[str, Any] | None = None,
    data: Mapping[str, Any] | None = None,
) -> StateChange:
    """Move an initiative along one edge. Takes, raises and effects: as `statemachine.perform`."""
    return statemachine.perform(
        MACHINE,
        initiative,
        edge,
        actor=actor,
        messages=MESSAGES,
        reason=reason,
        inputs=inputs,
        changes=changes,
        data={**acting_as(initiative, actor), **(data or {})},
    )


def compared(initiative: Initiative, version: int | None) -> Initiative:
    """An initiative that is as somebody saw it. Takes: version, None where nobody looked. Raises: SomebodyWasFirst."""
    if version is not None and version != initiative.version:
        raise SomebodyWasFirst(MESSAGES.somebody_was_first)
    return initiative


def acting_as(initiative: Initiative, actor: Actor) -> dict[str, Any]:
    """In what role somebody acts, for the sentence in the history: the owner's, else one that they have there."""
    if actor.pk is None:
        return {}
    if actor.pk == initiative.owner_id:
        return {"by": initiative.owner_role, "by_unit": initiative.owner_unit.name}
    held = roles_of(actor).in_municipality(initiative.municipality_id)
    return {"by": held[0].role} if held else {}


@contextmanager
def all_or_nothing(initiative: Initiative) -> Iterator[None]:
    """One transaction of a step and what belongs to it; refused, the object is again as it was read."""
    kept = {field.attname: getattr(initiative, field.attname) for field in Initiative._meta.concrete_fields}
    try:
        with transaction.atomic(), scope(municipality=initiative.municipality_id):
            yield
    except Exception:
        for name, value in kept.items():
            setattr(initiative, name, value)
        raise
