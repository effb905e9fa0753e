"""What a panel is for: features register their occasions, so that this one knows none of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from grobunn.juries.models import Entry, Panel


@dataclass(frozen=True)
class Outcome:
    """What can be decided of an entry. Takes: code, kept in rows; is_yes, whether it is what the entrant hoped for."""

    code: str
    label: Any
    is_yes: bool = False


def _nowhere(_subject: Any) -> str:
    return ""


def _nothing(_panel: "Panel") -> Mapping[str, Any]:
    return {}


def _no_hindrance(_panel: "Panel") -> Sequence[Any]:
    return ()


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """A feature's use of panels.

    Takes: code, kept in rows; outcomes, in order; page, where the occasion itself is; entry_page, where the thing
           behind an entry is; decides_here, whether outcomes are given on the panel's own page (else the feature gives
           them, by `services.deciding`); hindrances, sentences that keep the panel from being signed; protocol_part,
           what the occasion adds to the panel's protocol, as plain data.
    """

    code: str
    label: Any
    outcomes: tuple[Outcome, ...]
    page: Callable[["Panel"], str] = _nowhere
    entry_page: Callable[["Entry"], str] = _nowhere
    decides_here: bool = True
    hindrances: Callable[["Panel"], Sequence[Any]] = field(default=_no_hindrance)
    protocol_part: Callable[["Panel"], Mapping[str, Any]] = field(default=_nothing)

    def outcome(self, code: str) -> Outcome | None:
        """An outcome by its code, None where the occasion has none of that name."""
        return next((each for each in self.outcomes if each.code == code), None)


ASSESSMENT = Occasion(
    code="assessment",
    label=_("Assessment"),
    outcomes=(
        Outcome("yes", pgettext_lazy("outcome", "Yes"), is_yes=True),
        Outcome("later", pgettext_lazy("outcome", "Later")),
        Outcome("no", pgettext_lazy("outcome", "No")),
    ),
)

_occasions: dict[str, Occasion] = {}


def register(occasion: Occasion) -> None:
    """Make an occasion known."""
    _occasions[occasion.code] = occasion


def occasion_of(panel: "Panel") -> Occasion:
    """What a panel is for. Where its feature is gone, an assessment."""
    return _occasions.get(panel.occasion, ASSESSMENT)
