"""What a gate may ask for, by key: features register theirs, and methods name them.

A key that no feature knows is not asked for: a method may name the benefits that a later feature keeps.
"""

from collections.abc import Callable, Container
from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise

from grobunn.initiatives.models import Initiative
from grobunn.methods.shapes import Gate, Method

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


def asked_by(gate: Gate, *, method: Method, handed_in: Container[str]) -> list[Requirement]:
    """What a gate asks for, in its order: hand-ins of its method, and what features keep.

    Takes: handed_in, keys of the hand-ins that are there.
    """
    found = [_hand_in(key, method=method, handed_in=handed_in) or known(key) for key in gate.needs]
    return [each for each in found if each is not None]


def _hand_in(key: str, *, method: Method, handed_in: Container[str]) -> Requirement | None:
    hand_in = method.hand_in(key)
    return Requirement(key, hand_in.name, lambda _initiative: key in handed_in) if hand_in else None
