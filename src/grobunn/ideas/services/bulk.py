"""The same step with several ideas: each by its own right and state, and none lost because another could not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from grobunn.ideas.models import Idea
from grobunn.ideas.queries.ideas import last_change
from grobunn.ideas.services.transitions import move_idea
from grobunn.ideas.services.undo import undo
from grobunn.kernel.actors import Actor
from grobunn.kernel.models import StateChange
from grobunn.kernel.statemachine import SomebodyWasFirst, TransitionRefused


@dataclass(frozen=True)
class Plan:
    """One idea's part in a step with many.

    Takes: version of the idea that its message was written for; arguments, the step's own.
    """

    idea: Idea
    version: int
    arguments: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """What became of one idea: the change, or why there is none."""

    idea: Idea
    change: StateChange | None = None
    refusal: str = ""


def move_ideas(plans: Iterable[Plan], name: str, *, actor: Actor) -> list[Outcome]:
    """Do one step with each idea; whoever sends the same once more gets the same outcome and does nothing twice.

    Returns: an outcome for each, in order.
    Effects: the step's own, idea by idea: one that is refused leaves the others alone.
    """
    return [_move(plan, name, actor=actor) for plan in plans]


def undo_changes(changes: Iterable[tuple[Idea, StateChange]], *, actor: Actor) -> list[Outcome]:
    """Take several answers back, each if it still can be. Returns: an outcome for each. Effects: as `undo`."""
    return [_undo(idea, change, actor=actor) for idea, change in changes]


def _move(plan: Plan, name: str, *, actor: Actor) -> Outcome:
    try:
        change = move_idea(plan.idea, name, actor=actor, version=plan.version, **plan.arguments)
    except SomebodyWasFirst as refusal:
        done = _done_before(plan, name, actor=actor)
        return Outcome(plan.idea, change=done, refusal="" if done else str(refusal.message))
    except TransitionRefused as refusal:
        return Outcome(plan.idea, refusal=str(refusal.message))
    except ValidationError as refusal:
        return Outcome(plan.idea, refusal=" ".join(refusal.messages))
    except PermissionDenied:
        return Outcome(plan.idea, refusal=_("It is with somebody else now, and you may not answer it."))
    return Outcome(plan.idea, change=change)


def _done_before(plan: Plan, name: str, *, actor: Actor) -> StateChange | None:
    """The change itself, if the same person sent exactly this already."""
    change = last_change(plan.idea)
    is_it = (
        change is not None
        and plan.idea.version == plan.version + 1
        and (change.edge, change.actor_id) == (name, actor.pk)
        and change.reason == str(plan.arguments.get("reason", "")).strip()
    )
    return change if is_it else None


def _undo(idea: Idea, change: StateChange, *, actor: Actor) -> Outcome:
    try:
        return Outcome(idea, change=undo(idea, change=change, actor=actor))
    except TransitionRefused as refusal:
        return Outcome(idea, refusal=str(refusal.message))
    except PermissionDenied:
        return Outcome(idea, refusal=_("Only the one who answered can take it back."))
