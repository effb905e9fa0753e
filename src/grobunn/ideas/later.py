"""What became of an idea after its answer: a feature above says it in sentences, ideas know none of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured

if TYPE_CHECKING:
    from grobunn.ideas.models import Idea


@dataclass(frozen=True)
class LaterLine:
    """One thing that happened to the work, as the writer may read it: a role and never a name, no internal words.

    Takes: id and step, of what happened, in code; words, what somebody wrote for everybody.
    """

    id: UUID
    step: str
    at: datetime
    sentence: str
    words: str = ""


Teller = Callable[["Idea"], Sequence[LaterLine]]

_tellers: dict[str, Teller] = {}


def register(name: str, teller: Teller) -> None:
    """Say what became of ideas whose work has started; a name may be registered once."""
    if name in _tellers:
        raise ImproperlyConfigured(f"What became of ideas is told twice by {name}.")
    _tellers[name] = teller


def lines_of(idea: "Idea") -> list[LaterLine]:
    """Everything that became of an idea, oldest first."""
    return sorted((line for teller in _tellers.values() for line in teller(idea)), key=lambda line: (line.at, line.id))
