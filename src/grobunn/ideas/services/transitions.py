"""The steps of an idea by the names of its table: one door for the pages and for the API."""

from collections.abc import Callable, Mapping
from typing import Any

from grobunn.ideas.models import Idea
from grobunn.ideas.services import answer
from grobunn.ideas.services.merge import merge
from grobunn.ideas.states import MESSAGES
from grobunn.kernel.actors import Actor
from grobunn.kernel.models import StateChange
from grobunn.kernel.statemachine import NotPossibleNow, SomebodyWasFirst

TRANSITIONS: Mapping[str, Callable[..., StateChange]] = {
    "take_up": answer.take_up,
    "ask": answer.ask,
    "reply": answer.reply,
    "forward": answer.forward,
    "start": answer.start,
    "park": answer.park,
    "solve": answer.solve,
    "merge": merge,
    "decline": answer.decline,
    "reopen": answer.reopen,
    "withdraw": answer.withdraw,
}


def move_idea(idea: Idea, name: str, *, actor: Actor, version: int | None = None, **arguments: Any) -> StateChange:
    """Do one step by its name.

    Takes:   version that the actor looked at, if known: an idea that moved since is not touched.
    Raises:  NotPossibleNow for an unknown name; SomebodyWasFirst; what the step itself raises.
    Effects: the step's own.
    """
    step = TRANSITIONS.get(name)
    if step is None:
        raise NotPossibleNow(MESSAGES.not_possible_now)
    if version is not None and version != idea.version:
        raise SomebodyWasFirst(MESSAGES.somebody_was_first)
    return step(idea, actor=actor, **arguments)
