"""How work on an idea begins: a feature above says what must be there first, and on which page it is given."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ImproperlyConfigured

if TYPE_CHECKING:
    from grobunn.ideas.models import Idea


@dataclass(frozen=True)
class Starter:
    """Takes: page, where somebody starts work on an idea; is_carried, whether somebody carries it already."""

    page: Callable[["Idea"], str]
    is_carried: Callable[["Idea"], bool]


_starters: list[Starter] = []


def register(starter: Starter) -> None:
    """Say how work begins; one feature may."""
    if _starters:
        raise ImproperlyConfigured("Two features say how work on an idea begins.")
    _starters.append(starter)


def starter() -> Starter | None:
    """How work begins; None where no feature says: then a word to the writer is enough."""
    return _starters[0] if _starters else None
