"""Who may hand out access on a municipality's behalf: the feature above, that knows roles, tells it here."""

from collections.abc import Callable, Mapping
from uuid import UUID

from grobunn.kernel.actors import Actor

Offered = Mapping[UUID, str]
_told_by: list[Callable[[Actor], Offered]] = []


def ask(municipalities_of_actor: Callable[[Actor], Offered]) -> None:
    """Register the one that knows: from an actor to the names of the municipalities that they may set up, by id."""
    _told_by[:] = [municipalities_of_actor]


def municipalities_of(actor: Actor) -> Offered:
    """The municipalities that an actor may hand out access to, by id; none when nobody knows roles."""
    return _told_by[0](actor) if _told_by and actor.is_authenticated else {}
