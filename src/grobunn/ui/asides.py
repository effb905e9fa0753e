"""Places on a page where features above show something: they register a part, the page knows none of them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.http import HttpRequest
from django.utils.safestring import SafeString

from grobunn.kernel.actors import Actor

S = TypeVar("S")


@dataclass(frozen=True)
class Aside(Generic[S]):
    """One part.

    Takes: order, among the parts of all features, from 10 (first) upwards;
           make, gives the HTML of the part, "" where there is nothing to show for this reader;
           there_is, SQL that finds a row where there is something to show of the subject `%(id)s`, for whomever: most
           subjects have nothing, and a page asks once for all of its parts. Without it, the part is always asked.
    """

    name: str
    order: int
    make: Callable[[HttpRequest, S, Actor], SafeString | str]
    there_is: str = ""


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
        missing = self._missing(subject)
        in_order = sorted(self._asides.values(), key=lambda each: each.order)
        made = [aside.make(request, subject, actor) for aside in in_order if aside.name not in missing]
        return [part for part in made if part]

    def _missing(self, subject: S) -> set[str]:
        """Names of the parts that have nothing to show of a subject; one SQL where a part can tell by SQL."""
        telling = [aside for aside in self._asides.values() if aside.there_is]
        if not telling:
            return set()
        with connection.cursor() as cursor:
            exists = ", ".join(f"EXISTS ({aside.there_is})" for aside in telling)
            # Where a part tells by SQL, what the page is about is a row.
            cursor.execute(f"SELECT {exists}", {"id": subject.pk})  # type: ignore[attr-defined]
            return {aside.name for aside, is_there in zip(telling, cursor.fetchone(), strict=True) if not is_there}
