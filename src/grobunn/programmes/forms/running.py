"""What is asked when a cohort takes a step, or is copied."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from grobunn.kernel.actors import Actor
from grobunn.kernel.statemachine import Edge, SomebodyWasFirst
from grobunn.programmes.forms.fields import KeyedForm, day_field, line_field
from grobunn.programmes.models import Cohort
from grobunn.programmes.services import changing
from grobunn.programmes.states import COHORT_MESSAGES

# What a step means for those who take part, before it is taken.
_LEADS = {
    "open": _("From now on those who are invited can say yes. They are told."),
    "begin": _("The first gathering is here. People can still be taken in."),
    "finish": _("Nobody is taken in any more. It can be opened again."),
    "cancel": _("This is final. Everybody who takes part is told, and the gatherings leave their calendars."),
}


class StepForm(forms.Form):
    """A step, with the reason where it asks for one."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, edge: Edge, cohort: Cohort, **kwargs: Any) -> None:
        kwargs["initial"] = {"version": cohort.version}
        super().__init__(*args, **kwargs)
        self.edge, self.cohort = edge, cohort
        self.lead = _LEADS.get(edge.name, "")
        if edge.is_reason_required:
            self.fields["reason"] = line_field(_("Why"), most=400)

    def perform(self, *, actor: Actor) -> None:
        """Take the step, if the cohort is as it was read. Raises: TransitionRefused."""
        if self.cleaned_data["version"] != self.cohort.version:
            raise SomebodyWasFirst(COHORT_MESSAGES.somebody_was_first)
        changing.step(self.cohort, self.edge.name, actor=actor, reason=self.cleaned_data.get("reason", ""))


class CopyForm(KeyedForm):
    """The next run."""

    name = line_field(pgettext_lazy("cohort", "What is it called?"), most=120)
    begins_on = day_field(
        _("First day of the first gathering"), help_text=_("All other days are moved as many days as this one.")
    )
