"""What other features show on the thread of an idea: they register, ideas know none of them."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest
from django.utils.safestring import SafeString

from grobunn.ideas.models import Idea
from grobunn.kernel.actors import Actor

# Gives the HTML of a part of the page, "" where there is nothing to show for this reader.
Maker = Callable[[HttpRequest, Idea, Actor], SafeString | str]


@dataclass(frozen=True)
class Aside:
    """One part. Takes: order, among the parts of all features, from 10 (first) upwards."""

    name: str
    order: int
    make: Maker


_asides: dict[str, Aside] = {}


def register(aside: Aside) -> None:
    """Add a part; a name may be registered once."""
    if aside.name in _asides:
        raise ImproperlyConfigured(f"The part {aside.name} of an idea's thread is registered twice.")
    _asides[aside.name] = aside


def asides_of(request: HttpRequest, idea: Idea, actor: Actor) -> list[SafeString | str]:
    """The parts that there are for a reader, in order."""
    made = [aside.make(request, idea, actor) for aside in sorted(_asides.values(), key=lambda each: each.order)]
    return [part for part in made if part]
