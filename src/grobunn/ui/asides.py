"""Places on a page where features above show something: they register a part, the page knows none of them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest
from django.utils.safestring import SafeString

from grobunn.kernel.actors import Actor

S = TypeVar("S")


@dataclass(frozen=True)
class Aside(Generic[S]):
    """One part.

    Takes: order, among the parts of all features, from 10 (first) upwards;
           make, gives the HTML of the part, "" where there is nothing to show for this reader.
    """

    name: str
    order: int
    make: Callable[[HttpRequest, S, Actor], SafeString | str]


class Place(Generic[S]):
    """Where parts stand. Takes: name, of the page, for whoever registers a part twice."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._asides: dict[str, Aside[S]] = {}

    def register(self, aside: Aside[S]) -> None:
        """Add a part; a name may be registered once."""
        if aside.name in self._asides:
            raise ImproperlyConfigured(f"The part {aside.name} of {self.name} is registered twice.")
        self._asides[aside.name] = aside

    def parts_of(self, request: HttpRequest, subject: S, actor: Actor) -> list[SafeString | str]:
        """The parts that there are for a reader, in order."""
        in_order = sorted(self._asides.values(), key=lambda each: each.order)
        made = [aside.make(request, subject, actor) for aside in in_order]
        return [part for part in made if part]
