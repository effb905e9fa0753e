"""How work on an idea begins: a feature above says what must be there first, and on which page it is given."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ImproperlyConfigured

from grobunn.kernel.actors import Actor

if TYPE_CHECKING:
    from grobunn.ideas.models import Idea
    from grobunn.kernel.models import StateChange


@dataclass(frozen=True)
class Starter:
    """How a feature begins work.

    Takes: page, where somebody starts work on an idea; is_carried, whether somebody carries it already; take_back,
           called inside the transaction when the step `start` or `park` is undone: lets go of what came with it, or
           refuses.
    """

    page: Callable[["Idea"], str]
    is_carried: Callable[["Idea"], bool]
    take_back: Callable[["Idea", "StateChange", Actor], None]


_starters: list[Starter] = []
_is_alone: ContextVar[bool] = ContextVar("is_alone", default=False)


def register(starter: Starter) -> None:
    """Say how work begins; one feature may."""
    if _starters:
        raise ImproperlyConfigured("Two features say how work on an idea begins.")
    _starters.append(starter)


def starter() -> Starter | None:
    """How work begins; None where no feature says: then a word to the writer is enough."""
    return _starters[0] if _starters and not _is_alone.get() else None


@contextmanager
def alone() -> Iterator[None]:
    """Let a word to the writer be enough: for what began before anybody said who carries, and for ideas alone."""
    token = _is_alone.set(True)
    try:
        yield
    finally:
        _is_alone.reset(token)
