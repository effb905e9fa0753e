"""What needs capacity, known here by its id: features say what their claims are called, and where they are."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured

from grobunn.kernel.actors import Actor


@dataclass(frozen=True)
class Claim:
    """What needs capacity. Takes: sort, the name that its feature registered; unit_id, the unit that carries it."""

    sort: str
    id: UUID
    municipality_id: UUID
    unit_id: UUID


@dataclass(frozen=True)
class Described:
    """What a claim is called for a reader, and its page."""

    title: str
    url: str


# From ids to what a reader may see of them; what is left out is shown as "something else", without a name.
Describer = Callable[[Iterable[UUID], Actor], Mapping[UUID, Described]]

_describers: dict[str, Describer] = {}


def register(sort: str, describe: Describer) -> None:
    """Make a sort of claims known; a name may be registered once."""
    if sort in _describers:
        raise ImproperlyConfigured(f"The sort of claims {sort} is registered twice.")
    _describers[sort] = describe


def described(wanted: Iterable[tuple[str, UUID]], *, actor: Actor) -> dict[UUID, Described]:
    """What claims are called for a reader; one look-up for each sort. Takes: pairs of sort and id."""
    by_sort: dict[str, set[UUID]] = {}
    for sort, claim_id in wanted:
        by_sort.setdefault(sort, set()).add(claim_id)
    found: dict[UUID, Described] = {}
    for sort, claim_ids in sorted(by_sort.items()):
        if sort in _describers:
            found |= _describers[sort](claim_ids, actor)
    return found
