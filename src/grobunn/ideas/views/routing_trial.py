"""The outcome of a trial as its page shows it: from whom to whom, and which ideas."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from grobunn.ideas.models import Idea
from grobunn.ideas.sentences import receiver_phrase
from grobunn.ideas.services.routing import Receiver, Trial


@dataclass(frozen=True)
class Movement:
    """Ideas that go from the same to the same. Takes: is_vacant, whether nobody has the role that would get them."""

    before: str
    after: str
    is_vacant: bool
    ideas: Sequence[Idea]


def movements(trials: Iterable[Trial], *, filled: Collection[tuple[str, UUID]]) -> list[Movement]:
    """The ideas that would go elsewhere, the largest movement first."""
    together: dict[object, list[Trial]] = {}
    for trial in trials:
        if trial.is_moved:
            together.setdefault((trial.before.key, trial.after.key), []).append(trial)
    found = [_movement(group, filled) for group in together.values()]
    return sorted(found, key=lambda movement: (-len(movement.ideas), movement.before, movement.after))


def _movement(trials: Sequence[Trial], filled: Collection[tuple[str, UUID]]) -> Movement:
    after = trials[0].after
    role, unit_id = after.key
    return Movement(
        before=_phrase(trials[0].before),
        after=_phrase(after),
        is_vacant=unit_id is not None and (role, unit_id) not in filled,
        ideas=[trial.idea for trial in trials],
    )


def _phrase(receiver: Receiver) -> str:
    role, unit_id = receiver.key
    return receiver_phrase(role, receiver.unit if unit_id is not None else None)
