"""What needs capacity, known here by its id: features say what their claims are called, and who helps them."""

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


@dataclass(frozen=True)
class Helped:
    """A claim that somebody helps. Takes: kinds, of help, those that hours are told of; one where they only do one."""

    claim: Claim
    kinds: tuple[str, ...]


# From a person's id to the claims that they may tell hours for today.
HelpFinder = Callable[[UUID], Iterable[Helped]]

_describers: dict[str, Describer] = {}
_help_finders: dict[str, HelpFinder] = {}


def register(sort: str, describe: Describer) -> None:
    """Make a sort of claims known; a name may be registered once."""
    if sort in _describers:
        raise ImproperlyConfigured(f"The sort of claims {sort} is registered twice.")
    _describers[sort] = describe


def register_help(sort: str, find: HelpFinder) -> None:
    """Say which claims of a sort somebody helps, and so tells hours for; a name may be registered once."""
    if sort in _help_finders:
        raise ImproperlyConfigured(f"Who helps claims of the sort {sort} is registered twice.")
    _help_finders[sort] = find


def helped_by(user_id: UUID) -> list[Helped]:
    """The claims that somebody may tell hours for today, in the order of their sorts; one look-up for each sort."""
    return [helped for _sort, find in sorted(_help_finders.items()) for helped in find(user_id)]


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
