"""One step with several ideas: what holds for all, and a message for each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from grobunn.ideas.forms.steps import REASON_LENGTH
from grobunn.ideas.models import Idea
from grobunn.ideas.placeholders import filled
from grobunn.ideas.rules import HANDLING_ROLES
from grobunn.ideas.services.bulk import Plan
from grobunn.ideas.validators import validate_no_identity_number
from grobunn.kernel import clock
from grobunn.organisations.calendar import add_working_days
from grobunn.organisations.models import Municipality, Role
from grobunn.organisations.queries import open_units

# How far ahead the date lies that the form proposes: a quarter, after which most budgets and plans say more.
PARKED_DAYS = 90
# The steps that may be taken with several ideas at once.
BULK_STEPS = ("take_up", "forward", "park", "decline")


@dataclass(frozen=True)
class Part:
    """One idea's part of the form."""

    idea: Idea
    message: BoundField | None
    version: BoundField


class BulkForm(forms.Form):
    """Taking up asks for nothing but the ideas themselves."""

    has_messages = False
    # The common fields that stand in the messages.
    shapes_messages: tuple[str, ...] = ()

    def __init__(self, *args: Any, ideas: Sequence[Idea], municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ideas = ideas
        self.municipality = municipality
        for idea in ideas:
            self.fields[f"v-{idea.reference}"] = forms.IntegerField(initial=idea.version, widget=forms.HiddenInput)
            if self.has_messages:
                self.fields[f"m-{idea.reference}"] = self._message(idea)

    def _message(self, idea: Idea) -> forms.CharField:
        return forms.CharField(
            label=_("Your reason to the writer of %(reference)s") % {"reference": idea.reference},
            max_length=REASON_LENGTH,
            widget=forms.Textarea(attrs={"rows": 4}),
            validators=[validate_no_identity_number],
            error_messages={"required": _("%(reference)s has no reason yet.") % {"reference": idea.reference}},
        )

    @property
    def common(self) -> list[BoundField]:
        """The fields that hold for all the ideas."""
        return [field for field in self if not field.name.startswith(("v-", "m-"))]

    @property
    def parts(self) -> list[Part]:
        """Each idea with its own fields."""
        return [
            Part(
                idea=idea,
                message=self[f"m-{idea.reference}"] if self.has_messages else None,
                version=self[f"v-{idea.reference}"],
            )
            for idea in self.ideas
        ]

    @property
    def shown_for(self) -> str:
        """What the messages of the page depend on: sent along, so that nobody sends a message that they did not see."""
        values = [str(self[name].value() or "") for name in self.shapes_messages]
        return " ".join(values)

    def plans(self) -> list[Plan]:
        """What was sent, as the service takes it."""
        return [
            Plan(idea=idea, version=self.cleaned_data[f"v-{idea.reference}"], arguments=self._arguments(idea))
            for idea in self.ideas
        ]

    def _arguments(self, idea: Idea) -> dict[str, Any]:
        common = {field.name: self.cleaned_data[field.name] for field in self.common}
        return {**common, "reason": self.cleaned_data[f"m-{idea.reference}"]} if self.has_messages else common

    def changes(self) -> Mapping[str, Any]:
        """The fields of an idea that the step will set: for the messages."""
        return {}

    def _chosen(self, name: str) -> Any:
        """What stands in a field now, as it will be used; None where it cannot be."""
        try:
            return self.fields[name].clean(self[name].value())
        except ValidationError:
            return None


class BulkForwardForm(BulkForm):
    shapes_messages = ("role", "unit")
    role = forms.ChoiceField(label=_("To which role?"), choices=[])
    unit: forms.ModelChoiceField = forms.ModelChoiceField(label=_("In which unit?"), queryset=None, required=False)
    reason = forms.CharField(
        label=_("A word to the receiver"),
        required=False,
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[validate_no_identity_number],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, role.label) for role in HANDLING_ROLES]  # type: ignore[attr-defined]
        self.fields["role"].initial = Role.UNIT_LEADER
        self.fields["unit"].queryset = open_units(self.municipality.pk)  # type: ignore[attr-defined]

    def changes(self) -> Mapping[str, Any]:
        """Who gets the ideas."""
        return {"holder_role": self._chosen("role") or Role.UNIT_LEADER, "holder_unit": self._chosen("unit")}


class BulkDeclineForm(BulkForm):
    has_messages = True


class BulkParkForm(BulkForm):
    has_messages = True
    shapes_messages = ("until",)
    until = forms.DateField(
        label=_("Until"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The ideas come back on this day."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].widget.attrs["min"] = (clock.today() + timedelta(days=1)).isoformat()
        self.fields["until"].initial = add_working_days(clock.today() + timedelta(days=PARKED_DAYS), 1)

    def clean_until(self) -> Any:
        until = self.cleaned_data["until"]
        if until <= clock.today():
            raise ValidationError(_("Choose a date after today: that is when the idea comes back to you."))
        return until

    def changes(self) -> Mapping[str, Any]:
        """The day on which they come back."""
        return {"parked_until": self._chosen("until")}


_FORMS: Mapping[str, type[BulkForm]] = {
    "take_up": BulkForm,
    "forward": BulkForwardForm,
    "park": BulkParkForm,
    "decline": BulkDeclineForm,
}


def bulk_form(
    step: str,
    data: Mapping[str, Any] | None,
    *,
    ideas: Sequence[Idea],
    municipality: Municipality,
    initial: Mapping[str, Any] | None = None,
) -> BulkForm:
    """The form of a step for some ideas. Takes: step, one of BULK_STEPS; data, what was sent, None at first."""
    return _FORMS[step](data, ideas=ideas, municipality=municipality, initial=dict(initial or {}))


def messages_from(template: str, ideas: Sequence[Idea]) -> dict[str, str]:
    """A ready reason made into each idea's own message, under the names of the form."""
    return {f"m-{idea.reference}": filled(template, idea) for idea in ideas}
