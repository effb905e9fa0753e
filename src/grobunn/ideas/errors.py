"""What the set-up of ideas refuses, and what the user can do about it."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from grobunn.ideas.models import IdeaKind


class RoutingRefused(Exception):  # noqa: N818 -- a business refusal, named for what happened
    """A change of the routing that cannot be saved. Takes: message, what happened and what to do next."""

    def __init__(self, message: str | Promise) -> None:
        super().__init__(str(message))
        self.message = message


class RulesChangedMeanwhile(RoutingRefused):
    """Somebody else saved other rules after the proposal was begun."""

    def __init__(self) -> None:
        super().__init__(_("Somebody else has changed the rules meanwhile. Yours are not saved, and not lost."))


class ProposalChangedMeanwhile(RoutingRefused):
    """What was to be saved is not what was tried: it was changed in another window."""

    def __init__(self) -> None:
        super().__init__(_("The rules have changed since you tried them. Nothing is saved. Look at them once more."))


class NothingProposed(RoutingRefused):
    """There is nothing to save: it was saved or thrown away already."""

    def __init__(self) -> None:
        super().__init__(_("There is nothing to save: it has been saved or thrown away already."))


class TooManyRules(RoutingRefused):
    """A municipality has as many rules as anybody can read."""

    def __init__(self, most: int) -> None:
        super().__init__(_("There is room for %(most)s rules. Remove one first.") % {"most": most})


class ReasonRefused(Exception):  # noqa: N818 -- a business refusal, named for what happened
    """A ready reason that cannot be saved. Takes: message; field, the form's field that it belongs to."""

    def __init__(self, message: str | Promise, *, field: str | None = None) -> None:
        super().__init__(str(message))
        self.message = message
        self.field = field


class ReasonNameTaken(ReasonRefused):
    """Another reason for the same step has the name."""

    def __init__(self) -> None:
        super().__init__(_("There is a text with this name for this answer already."), field="name")


class ReasonChangedMeanwhile(ReasonRefused):
    """Somebody else saved other words after the page was opened."""

    def __init__(self, text: str) -> None:
        super().__init__(
            _("Somebody else has changed this text meanwhile. Now it says: “%(text)s” Save again if yours is to stand.")
            % {"text": text}
        )


class ReasonRemovedMeanwhile(ReasonRefused):
    """Somebody else removed the reason after the page was opened."""

    def __init__(self) -> None:
        super().__init__(_("Somebody else has removed this text meanwhile. Save again if it is to be offered."))


class KindsChangedMeanwhile(Exception):  # noqa: N818 -- a business refusal, named for what happened
    """Somebody else saved other kinds after the page was opened. Takes: now, what they saved; none for all."""

    def __init__(self, now: Sequence[str]) -> None:
        labels = ", ".join(str(IdeaKind(kind).label) for kind in now or IdeaKind.values)
        self.now = now
        self.message = _(
            "Somebody else has changed the kinds meanwhile, to: %(kinds)s. Yours are not saved. "
            "They stand here still: save again if yours are to hold."
        ) % {"kinds": labels}
        super().__init__(str(self.message))
