"""What capacity refuses."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from grobunn.capacity.models import Source
from grobunn.capacity.quarters import Quarter
from grobunn.kernel.statemachine import TransitionRefused


@dataclass(frozen=True)
class Shortfall:
    """Where room is missing: so much was wanted of a source in a quarter, so much is left of it (below 0: over)."""

    source: Source
    quarter: Quarter
    wanted: Decimal
    left: Decimal

    @property
    def missing(self) -> Decimal:
        """How much more there would have to be: what is wanted and not left, and what it is over already."""
        return self.wanted - self.left

    @property
    def over(self) -> Decimal:
        """How much more is promised of it already than there is."""
        return max(-self.left, Decimal(0))


class CapacityExceeded(TransitionRefused):
    """There is no room for what was asked.

    Takes: shortfalls, in the order of quarters; free_from, the first quarter in which the same need fits, None where
           nothing that is declared has room for it.
    """

    def __init__(self, shortfalls: Sequence[Shortfall], *, free_from: Quarter | None) -> None:
        super().__init__(_("There is not enough capacity left. See below what is missing, and the three ways on."))
        self.shortfalls = tuple(shortfalls)
        self.free_from = free_from


class SourceNotOpen(TransitionRefused):
    """The claim's unit may not draw on the source, or the source is closed."""


class NothingAsked(TransitionRefused):
    """A need without a single line."""


class RaiseMustRaise(TransitionRefused):
    """Raised to less than there is, or without a reason."""


class QuarterHasPassed(TransitionRefused):
    """Declared, raised or reserved in a quarter that is over."""
