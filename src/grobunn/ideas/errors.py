"""What the set-up of ideas refuses, and what the user can do about it."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


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
