"""What an edge asks of an idea and of what was given, beyond who may and from where."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from grobunn.ideas import starting
from grobunn.kernel import clock
from grobunn.kernel.statemachine import TransitionRefused

if TYPE_CHECKING:
    from grobunn.ideas.models import Idea


class DateHasPassed(TransitionRefused):
    """Parked until a day that is not ahead."""


class CannotMerge(TransitionRefused):
    """Merged into itself, into another municipality's, or into one that is itself closed by merging."""


class NobodyCarriesIt(TransitionRefused):
    """Started without anybody to carry it."""


class WriterCannotAnswer(TransitionRefused):
    """An imported idea has no writer here who could answer."""


def date_lies_ahead(idea: "Idea", given: Mapping[str, Any]) -> None:
    """A parked idea comes back on a day after today."""
    until: date = given["until"]
    if until <= clock.today():
        raise DateHasPassed(_("Choose a date after today: that is when the idea comes back to you."))


def somebody_carries_it(idea: "Idea", given: Mapping[str, Any]) -> None:
    """Work begins where an owner and capacity are given, if a feature asks for them."""
    how = starting.starter()
    if how is not None and not how.is_carried(idea):
        raise NobodyCarriesIt(
            _("Work starts with an owner, a first milestone and capacity. Use “Start work” on the idea's page.")
        )


def merge_makes_sense(idea: "Idea", given: Mapping[str, Any]) -> None:
    """Two ideas of one municipality, and the one that goes on is not itself merged away."""
    into: Idea = given["into"]
    if into.pk == idea.pk:
        raise CannotMerge(_("An idea cannot be merged with itself. Choose another one."))
    if into.municipality_id != idea.municipality_id:
        raise CannotMerge(_("Ideas of two municipalities cannot be merged. Use “Already solved” with a link instead."))
    if into.merged_into_id is not None or into.state == "withdrawn":
        raise CannotMerge(_("That idea is itself merged or withdrawn. Choose the one that it leads to."))


def writer_can_be_asked(idea: "Idea", given: Mapping[str, Any]) -> None:
    """Somebody holds the receipt, so that a question can be answered."""
    if idea.is_imported:
        raise WriterCannotAnswer(_("This idea was imported: nobody here can answer a question about it."))
