"""One form per step of an idea; the cleaned names are the service's own."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from grobunn.ideas.models import Idea
from grobunn.ideas.queries.ideas import idea_by_reference
from grobunn.ideas.rules import HANDLING_ROLES
from grobunn.ideas.validators import validate_no_identity_number
from grobunn.ideas.waking import CHOSEN, SUBJECT_LENGTH, WaitsFor, subject_of
from grobunn.kernel import clock
from grobunn.kernel.actors import Actor
from grobunn.organisations.models import Role
from grobunn.organisations.queries import open_units

REASON_LENGTH = 4000


class StepForm(forms.Form):
    """A step that takes nothing but the press of its button."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, idea: Idea, actor: Actor, **kwargs: Any) -> None:
        kwargs["initial"] = {"version": idea.version, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.idea = idea
        self.actor = actor

    def arguments(self) -> dict[str, Any]:
        """The step's own arguments, without what only the page needs."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


def _reason(label: Any, *, help_text: Any = "", required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5}),
        validators=[validate_no_identity_number],
    )


class AskForm(StepForm):
    reason = _reason(_("What do you want to know?"), help_text=_("The deadline stands still until the writer answers."))


class ReplyForm(StepForm):
    reason = _reason(_("Your answer"))


class StartForm(StepForm):
    reason = _reason(_("What happens now?"), help_text=_("Who does what, and when will the writer hear more?"))


class DeclineForm(StepForm):
    reason = _reason(_("Why not?"), help_text=_("The writer reads this. Say it the way you would say it face to face."))


class ReopenForm(StepForm):
    reason = _reason(_("Why is it opened again?"))


class ParkForm(StepForm):
    reason = _reason(_("Why is it parked?"), help_text=_("The writer reads this."))
    until = forms.DateField(
        label=_("Until"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The idea comes back to you on this day."),
    )
    waits_for = forms.ChoiceField(
        label=_("What does it wait for?"),
        choices=[(each.value, each.label) for each in CHOSEN],
        initial=WaitsFor.DATE,
        required=False,
        help_text=_("On the day you are asked whether it has come. An example taken into use wakes it by itself."),
    )
    condition = forms.CharField(
        label=_("Or until this happens"),
        required=False,
        max_length=300,
        help_text=_("For example: the new school opens, or there is money in the budget for 2028."),
    )
    waits_subject = forms.CharField(
        label=_("Which example?"),
        required=False,
        max_length=300,
        help_text=_("Only if it waits for another municipality: the address of the example in the library."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].widget.attrs["min"] = (clock.today() + timedelta(days=1)).isoformat()
        self._propose_what_it_waited_for()

    def _propose_what_it_waited_for(self) -> None:
        """Parked again, it waits for the same; its place in a queue for capacity is kept by saying so."""
        if not self.idea.waits_for:
            return
        if self.idea.waits_for == WaitsFor.CAPACITY:
            choices = [(each.value, each.label) for each in WaitsFor]
            self.fields["waits_for"].choices = choices  # type: ignore[attr-defined]
        self.fields["waits_for"].initial = self.idea.waits_for
        self.fields["condition"].initial = self.idea.parked_condition
        self.fields["waits_subject"].initial = self.idea.waits_subject

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("waits_for") == WaitsFor.ADOPTION:
            subject = subject_of(given.get("waits_subject", ""))
            if not subject or len(subject) > SUBJECT_LENGTH:
                self.add_error("waits_subject", _("Give the address of the example that it waits for."))
        else:
            given["waits_subject"] = ""
        return given


class SolveForm(StepForm):
    solution = forms.CharField(
        label=_("Where is the solution?"), max_length=500, help_text=_("An address on the web, or a name.")
    )
    reason = _reason(_("Tell the writer how to use it"))


class MergeForm(StepForm):
    into = forms.CharField(
        label=_("Which idea goes on?"), max_length=80, help_text=_("Its reference, such as trondheim-42.")
    )
    reason = _reason(_("A word to the writer"), required=False)

    def clean_into(self) -> Idea:
        other = idea_by_reference(self.cleaned_data["into"].strip().lower(), actor=self.actor)
        if other is None:
            raise ValidationError(_("There is no idea with that reference here."), code="unknown")
        return other


class ForwardForm(StepForm):
    role = forms.ChoiceField(label=_("To which role?"), choices=[])
    unit: forms.ModelChoiceField = forms.ModelChoiceField(label=_("In which unit?"), queryset=None, required=False)
    reason = _reason(_("A word to the receiver"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, role.label) for role in HANDLING_ROLES]  # type: ignore[attr-defined]
        self.fields["role"].initial = Role.UNIT_LEADER
        units = open_units(self.idea.municipality_id).order_by("name")
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


FORMS: dict[str, type[StepForm]] = {
    "take_up": StepForm,
    "ask": AskForm,
    "reply": ReplyForm,
    "forward": ForwardForm,
    "start": StartForm,
    "park": ParkForm,
    "solve": SolveForm,
    "merge": MergeForm,
    "decline": DeclineForm,
    "reopen": ReopenForm,
    "withdraw": StepForm,
}
