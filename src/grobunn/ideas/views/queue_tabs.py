"""The numbers over the queue: how many per deadline and per state, each opening its rows."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.http import urlencode
from django.utils.translation import gettext as _

from grobunn.ideas.queries.queue import QueueCounts
from grobunn.ideas.states import IdeaState

S = IdeaState
# The states that a queue is about; what has its answer stands in a row of its own.
_WORKED_ON = (S.RECEIVED, S.ASSESSING, S.ASKED, S.PARKED)
_ANSWERED = (S.STARTED, S.SOLVED, S.DECLINED, S.MERGED, S.WITHDRAWN)


@dataclass(frozen=True)
class Tab:
    """One number: what it counts, and the rows behind it."""

    label: str
    count: int
    url: str
    is_current: bool


@dataclass(frozen=True)
class Tabs:
    """What waits, and what has its answer."""

    waiting: list[Tab]
    answered: list[Tab]


def tabs_of(counts: QueueCounts, known: Mapping[str, str]) -> Tabs:
    """The tabs of a queue; the one that is exactly the filter of the page is current."""
    waiting = [
        _tab(_("Waits for an answer"), counts.awaiting, {}, known),
        _tab(_("Overdue"), counts.overdue, {"frist": "overdue"}, known),
        _tab(_("Within three days"), counts.soon, {"frist": "soon"}, known),
    ]
    waiting += [_of_state(state, counts, known) for state in _WORKED_ON]
    return Tabs(waiting=waiting, answered=[_of_state(state, counts, known) for state in _ANSWERED])


def _of_state(state: IdeaState, counts: QueueCounts, known: Mapping[str, str]) -> Tab:
    return _tab(str(state.label), counts.by_state.get(state, 0), {"tilstand": state.value}, known)


def _tab(label: str, count: int, query: dict[str, str], known: Mapping[str, str]) -> Tab:
    return Tab(label=label, count=count, url=f"?{urlencode(query)}", is_current=dict(known) == query)
