"""How near an idea's deadline is, in words and in the colour that repeats them."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from grobunn.ideas.states import AWAITING_ANSWER, IdeaState
from grobunn.kernel import clock

SOON_DAYS = 3


@dataclass(frozen=True)
class Due:
    """A deadline as a list shows it.

    Takes: on, the day that the words speak of without naming it, None where they say everything.
    """

    words: str
    color: str
    on: date | None = None


class Dated(Protocol):
    """An idea, or as much of one as a list reads."""

    @property
    def state(self) -> str: ...

    @property
    def answer_due_on(self) -> date | None: ...

    @property
    def parked_until(self) -> date | None: ...


def due_of(idea: Dated) -> Due | None:
    """What a list says about an idea's date; None where nothing is owed and nothing comes back."""
    if idea.state == IdeaState.ASKED:
        return Due(_("The deadline stands still"), "warning")
    if idea.state == IdeaState.PARKED and idea.parked_until is not None:
        return Due(_("Comes back"), "neutral", on=idea.parked_until)
    if idea.state not in AWAITING_ANSWER or idea.answer_due_on is None:
        return None
    days = (idea.answer_due_on - clock.today()).days
    if days < 0:
        return Due(ngettext("%(days)s day late", "%(days)s days late", -days) % {"days": -days}, "danger")
    if days == 0:
        return Due(_("Answer today"), "warning")
    if days <= SOON_DAYS:
        return Due(ngettext("%(days)s day left", "%(days)s days left", days) % {"days": days}, "warning")
    return Due(_("Answer by"), "neutral", on=idea.answer_due_on)
