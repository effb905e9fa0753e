"""What a made-up idea has been through: its state, when it was written, and the steps that led there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from types import MappingProxyType

from grobunn.ideas.states import AWAITING_ANSWER, IdeaState
from grobunn.kernel import clock

S = IdeaState

# How many in a hundred are where: a fifth wait for an answer, so that a municipality with half of 100,000 ideas has
# 10,000 in its queue.
_SHARES: Mapping[IdeaState, int] = MappingProxyType(
    {
        S.RECEIVED: 12,
        S.ASSESSING: 8,
        S.ASKED: 3,
        S.PARKED: 9,
        S.DECLINED: 27,
        S.SOLVED: 16,
        S.STARTED: 21,
        S.WITHDRAWN: 4,
    }
)
_STEPS: Mapping[IdeaState, tuple[str, ...]] = MappingProxyType(
    {
        S.RECEIVED: (),
        S.ASSESSING: ("take_up",),
        S.ASKED: ("take_up", "ask"),
        S.PARKED: ("take_up", "park"),
        S.DECLINED: ("decline",),
        S.SOLVED: ("take_up", "solve"),
        S.STARTED: ("take_up", "start"),
        S.WITHDRAWN: ("withdraw",),
    }
)
LEADS_TO: Mapping[str, IdeaState] = MappingProxyType(
    {
        "take_up": S.ASSESSING,
        "ask": S.ASKED,
        "park": S.PARKED,
        "decline": S.DECLINED,
        "solve": S.SOLVED,
        "start": S.STARTED,
        "withdraw": S.WITHDRAWN,
    }
)
_YEARS_BACK_DAYS = 3 * 365
_OPEN_BACK_DAYS = 35
_MOST_STEP_DAYS = 9


@dataclass(frozen=True)
class Step:
    """One step of a life, by the name of its edge, and when it was taken."""

    edge: str
    at: datetime


@dataclass(frozen=True)
class Life:
    """Where an idea is and how it came there."""

    state: IdeaState
    submitted_at: datetime
    steps: tuple[Step, ...]

    @property
    def state_since(self) -> datetime:
        """When the last thing happened."""
        return self.steps[-1].at if self.steps else self.submitted_at


def life(pick: Random) -> Life:
    """Another life: open ideas are of the last weeks, the rest of three years."""
    state = pick.choices(list(_SHARES), weights=list(_SHARES.values()))[0]
    is_open = state in AWAITING_ANSWER or state == S.ASKED
    now = clock.now()
    at = now - timedelta(minutes=pick.randint(1, (_OPEN_BACK_DAYS if is_open else _YEARS_BACK_DAYS) * 24 * 60))
    submitted_at, steps = at, []
    for edge in _STEPS[state]:
        at = min(at + timedelta(minutes=pick.randint(10, _MOST_STEP_DAYS * 24 * 60)), now)
        steps.append(Step(edge, at))
    return Life(state, submitted_at, tuple(steps))
