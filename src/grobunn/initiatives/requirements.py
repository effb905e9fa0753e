"""What a gate may ask for, by key: features register theirs, and methods name them.

A key that no feature knows is not asked for: a method may name the benefits that a later feature keeps.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise

from grobunn.initiatives.models import Initiative

IsMet = Callable[[Initiative], bool]


@dataclass(frozen=True)
class Requirement:
    """One thing. Takes: label, what is missing in words; is_met, asked when a gate is shown and when it is decided."""

    key: str
    label: str | Promise
    is_met: IsMet


_requirements: dict[str, Requirement] = {}


def register(requirement: Requirement) -> None:
    """Make a requirement known; a key may be registered once."""
    if requirement.key in _requirements:
        raise ImproperlyConfigured(f"The requirement {requirement.key} is registered twice.")
    _requirements[requirement.key] = requirement


def known(key: str) -> Requirement | None:
    """A requirement by its key, None if no feature keeps it."""
    return _requirements.get(key)
