"""Forms of an adoption: one for each step, and the plan; the cleaned names are the services' own."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from grobunn.cases.forms import amounts
from grobunn.cases.models import Adoption, Manner
from grobunn.cases.packages import MOST_STEPS, STEP_LENGTH, Step
from grobunn.cases.queries.adoptions import others_in_use
from grobunn.cases.rules import SPEAKERS
from grobunn.cases.services.plans import Plan
from grobunn.ideas.validators import validate_no_identity_number
from grobunn.kernel import clock, ids
from grobunn.organisations.models import Role
from grobunn.organisations.queries import open_units

_WORDS = 4000
_SPARE_STEPS = 2


def _words(label: Any, *, help_text: Any = "", required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
        validators=[validate_no_identity_number],
    )


def _day(label: Any, *, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label, help_text=help_text, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class StepForm(forms.Form):
    """A step that takes nothing but the press of its button. `key`: sent twice, it is done once."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, adoption: Adoption, **kwargs: Any) -> None:
        kwargs["initial"] = {"version": adoption.version, "key": ids.new_id(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.adoption = adoption

    def arguments(self) -> dict[str, Any]:
        """The step's own arguments, without what only the page needs."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("version", "key")}


class PlanForm(StepForm):
    planned_on = _day(
        _("When do you want to begin?"), help_text=_("Roughly is fine: you can begin earlier or later than this.")
    )


class ReplanForm(PlanForm):
    def __init__(self, *args: Any, adoption: Adoption, **kwargs: Any) -> None:
        super().__init__(*args, adoption=adoption, initial={"planned_on": adoption.planned_on}, **kwargs)


class UseForm(StepForm):
    in_use_on = _day(
        _("In use since"), help_text=_("The day from which people really work in the new way. It counts from then on.")
    )
    manner = forms.ChoiceField(
        label=_("How close is it to theirs?"),
        choices=[
            (Manner.COPIED, _("Copied: as they do it")),
            (Manner.ADAPTED, _("Adapted: the same, but changed to fit us")),
            (Manner.INSPIRED, _("Inspired: they gave us the idea, we do it another way")),
        ],
        widget=forms.RadioSelect,
    )
    changed = _words(
        _("What did you change?"),
        required=False,
        help_text=_("A sentence or two. Whoever comes after you may be more like you than like them."),
    )
    gave = _words(
        _("What has it given so far?"), required=False, help_text=_("Leave it empty if it is too early to say.")
    )
    based_on: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("Whose way did you start from?"), queryset=None, required=False, empty_label=_("The original")
    )
    contact_role = forms.ChoiceField(
        label=_("Who can others ask?"),
        choices=[(role.value, role.label) for role in SPEAKERS],
        initial=Role.INNOVATION_ADVISER,
        help_text=_("A role, so that the answer is there also when people come and go."),
    )
    contact_unit: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("In which unit?"), queryset=None, required=False, empty_label=_("The whole municipality")
    )
    contact_mailbox = forms.EmailField(
        label=_("Shared mailbox"), required=False, help_text=_("Shown to everybody. Not a person's own address.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = clock.today().isoformat()
        self.fields["in_use_on"].initial = today
        self.fields["in_use_on"].widget.attrs["max"] = today
        self.fields["contact_mailbox"].initial = self.adoption.municipality.mailbox
        units = open_units(self.adoption.municipality_id)
        self.fields["contact_unit"].queryset = units  # type: ignore[attr-defined]
        others = others_in_use(self.adoption)
        self.fields["based_on"].queryset = others  # type: ignore[attr-defined]
        self.fields["based_on"].label_from_instance = _name_of_adopter  # type: ignore[attr-defined]
        self.fields["based_on"].initial = self.adoption.based_on_id
        if not others:
            del self.fields["based_on"]


def _name_of_adopter(adoption: Adoption) -> str:
    return adoption.adopter.name


class ConfirmForm(StepForm):
    gave = _words(_("What has it given?"), required=False, help_text=_("If you know more now than when you began."))


class TellForm(StepForm):
    gave = _words(
        _("What has it given?"), required=False, help_text=_("Numbers with what they were before, if you have them.")
    )
    changed = _words(
        _("What did you change?"),
        required=False,
        help_text=_("A sentence or two. Whoever comes after you may be more like you than like them."),
    )

    def __init__(self, *args: Any, adoption: Adoption, **kwargs: Any) -> None:
        told = {"gave": adoption.gave, "changed": adoption.changed}
        super().__init__(*args, adoption=adoption, initial=told, **kwargs)


class StopForm(StepForm):
    reason = _words(
        _("Why did you stop?"),
        help_text=_("Everybody who reads the case sees it. To stop what does not work is good work too."),
    )


FORMS: Mapping[str, type[StepForm]] = {
    "plan": PlanForm,
    "replan": ReplanForm,
    "try_out": StepForm,
    "take_into_use": UseForm,
    "confirm": ConfirmForm,
    "tell": TellForm,
    "stop": StopForm,
}


class StepRow:
    """One line of the checklist as the page draws it."""

    def __init__(self, form: "PackageForm", number: int) -> None:
        self.number = number
        self.is_done = form[f"step_{number}_is_done"]
        self.text = form[f"step_{number}_text"]
        self.is_spare = not self.text.value()


class PackageForm(forms.Form):
    """The adopter's own copy of the start package. Empty lines are passed over, so a step is removed by emptying it."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    count = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=MOST_STEPS + _SPARE_STEPS)
    notes = forms.CharField(
        label=_("Our own notes"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        validators=[validate_no_identity_number],
        help_text=_("Only your municipality reads them."),
    )
    one_off_nok = amounts.kroner(_("Cost to introduce it, kroner"))
    yearly_nok = amounts.kroner(_("Cost a year, kroner"))
    hours = amounts.hours(_("Hours of work to introduce it"))

    def __init__(self, *args: Any, adoption: Adoption, **kwargs: Any) -> None:
        steps: list[Step] = adoption.steps
        kwargs["initial"] = {
            "revision": adoption.revision,
            "count": min(len(steps) + _SPARE_STEPS, MOST_STEPS),
            "notes": adoption.notes,
            "one_off_nok": adoption.one_off_nok,
            "yearly_nok": adoption.yearly_nok,
            "hours": adoption.hours,
            **{f"step_{number}_text": step["text"] for number, step in enumerate(steps)},
            **{f"step_{number}_is_done": step["is_done"] for number, step in enumerate(steps)},
        }
        super().__init__(*args, **kwargs)
        self.numbers = range(self._count(kwargs["initial"]["count"]))
        for number in self.numbers:
            self.fields[f"step_{number}_is_done"] = forms.BooleanField(required=False)
            self.fields[f"step_{number}_text"] = forms.CharField(
                required=False, max_length=STEP_LENGTH, validators=[validate_no_identity_number]
            )

    def _count(self, own: int) -> int:
        sent = str(self.data.get("count", "")) if self.is_bound else ""
        return min(int(sent), MOST_STEPS + _SPARE_STEPS) if sent.isdigit() else own

    def rows(self) -> list[StepRow]:
        """The lines of the checklist."""
        return [StepRow(self, number) for number in self.numbers]

    def plan(self) -> Plan:
        """The cleaned plan."""
        given = self.cleaned_data
        return Plan(
            steps=[
                Step(text=given[f"step_{number}_text"], is_done=given[f"step_{number}_is_done"])
                for number in self.numbers
            ],
            notes=given["notes"],
            one_off_nok=given["one_off_nok"],
            yearly_nok=given["yearly_nok"],
            hours=given["hours"],
        )
