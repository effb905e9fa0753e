"""What an edge asks of an initiative and of what was given, beyond who may and from where."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from grobunn.kernel import clock
from grobunn.kernel.statemachine import TransitionRefused

if TYPE_CHECKING:
    from grobunn.initiatives.models import Initiative
    from grobunn.initiatives.requirements import Requirement
    from grobunn.methods.shapes import Gate


class GateNotReady(TransitionRefused):
    """A gate lacks what it needs. Takes: missing, requirements that are not met, in the order of the gate."""

    def __init__(self, missing: "Sequence[Requirement]") -> None:
        super().__init__(
            _("The gate cannot be passed yet. What is missing: %(missing)s.")
            % {"missing": ", ".join(str(each.label) for each in missing)}
        )
        self.missing = tuple(missing)


class NoGateHere(TransitionRefused):
    """A gate decided in a phase that has none."""


class GateStandsBetween(TransitionRefused):
    """Going to a later phase past a gate that nobody has decided. Takes: gate, the first of them."""

    def __init__(self, gate: "Gate") -> None:
        super().__init__(_("%(gate)s must be decided before the work can go on to that phase.") % {"gate": gate.name})
        self.gate = gate


class NoSuchPhase(TransitionRefused):
    """A phase that the method lacks, or the one where the work is already."""


class SameMethod(TransitionRefused):
    """Switching to the method that is worked by already."""


class AskedAlready(TransitionRefused):
    """A decision asked for again, before the first asking was answered."""


class DateHasPassed(TransitionRefused):
    """Paused until a day that is not ahead."""


class DateLiesAhead(TransitionRefused):
    """In operation since a day that has not come."""


def gate_is_ready(initiative: "Initiative", given: Mapping[str, Any]) -> None:
    """A gate is passed with all that it needs."""
    gate: Gate | None = given["gate"]
    missing: Sequence[Requirement] = given["missing"]
    if gate is None:
        raise NoGateHere(_("This phase has no gate. Go on to the next phase instead."))
    if missing:
        raise GateNotReady(missing)


def date_lies_ahead(initiative: "Initiative", given: Mapping[str, Any]) -> None:
    """What is paused comes back on a day after today."""
    if given["until"] <= clock.today():
        raise DateHasPassed(_("Choose a date after today: that is when you are asked whether it goes on."))


def date_has_come(initiative: "Initiative", given: Mapping[str, Any]) -> None:
    """What is in operation has been so since today or earlier."""
    if given["since"] > clock.today():
        raise DateLiesAhead(_("Choose today or an earlier date: it is in operation when somebody uses it."))
