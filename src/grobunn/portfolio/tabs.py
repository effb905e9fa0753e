"""The ways of seeing the same portfolio: each keeps what it is narrowed to."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from grobunn.organisations.models import Municipality
from grobunn.portfolio import addresses


@dataclass(frozen=True)
class Tab:
    """A way of seeing it."""

    label: str | Promise
    url: str
    is_here: bool


_PAGES: Sequence[tuple[str, str | Promise]] = (
    ("board", _("Board")),
    ("timeline", _("Timeline")),
    ("load", _("Load and capacity")),
    ("sharing", _("Shared help")),
    ("list", _("List")),
    ("funnel", _("From idea to operation")),
    ("meeting", _("For the leaders' meeting")),
)


def tabs_of(here: str, *, municipality: Municipality, query: str) -> list[Tab]:
    """The tabs. Takes: here, the name of the page that is shown."""
    return [
        Tab(label=label, url=addresses.page(name, municipality, query), is_here=name == here) for name, label in _PAGES
    ]
