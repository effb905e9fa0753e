"""The form of a method: its name, and one form for each phase. Nothing is kept before it is saved."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from grobunn.methods.contents import hand_ins_in
from grobunn.methods.stages import OF_PHASES, Stage

MAX_PHASES = 12
# What any gate may ask for, whichever method it stands in; features register how each is met.
GENERAL_NEEDS = (
    ("owner", _("An owner in the line who has said yes")),
    ("hypothesis", _("The hoped-for benefit in one sentence")),
    ("milestone", _("Milestones, with none overdue")),
    ("risks", _("Risks, each with what we do about it")),
    ("benefits", _("A benefit with an owner, where benefits are kept")),
)


def _lines(label: Any, *, help_text: Any = "", rows: int = 3) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=4000, widget=widget)


class MethodForm(forms.Form):
    """What stands above the phases."""

    edition = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.CharField(label=pgettext_lazy("method", "Name"), max_length=100)
    summary = _lines(_("What it is for"), help_text=_("One or two sentences: when is this the right method?"), rows=2)


class NewMethodForm(forms.Form):
    """A name, and what to begin from."""

    name = forms.CharField(label=pgettext_lazy("method", "Name"), max_length=100)
    based_on = forms.ChoiceField(
        label=_("Begin with"), required=False, choices=[], widget=forms.RadioSelect, initial=""
    )

    def __init__(self, *args: Any, methods: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        copies = [(key, _("A copy of %(name)s") % {"name": name}) for key, name in methods]
        self.fields["based_on"].choices = [("", _("An empty method")), *copies]  # type: ignore[attr-defined]


class PhaseForm(forms.Form):
    """One phase, with its gate."""

    key = forms.SlugField(widget=forms.HiddenInput, required=False, max_length=60)
    gate_key = forms.SlugField(widget=forms.HiddenInput, required=False, max_length=60)
    known = forms.CharField(widget=forms.HiddenInput, required=False, max_length=10_000)
    name = forms.CharField(label=_("Name of the phase"), max_length=80)
    stage = forms.ChoiceField(
        label=_("Counted as"),
        help_text=_("So that work by different methods can be seen together."),
        choices=[(stage.value, stage.label) for stage in OF_PHASES],
    )
    purpose = _lines(_("What it is for"), help_text=_("A sentence that anybody understands."), rows=2)
    questions = _lines(_("Questions to answer"), help_text=_("One a line."))
    tools = _lines(_("What may help"), help_text=_("One a line."))
    hand_ins = _lines(_("What to hand in"), help_text=_("One a line. After a colon you may say what it is."))
    gate = forms.CharField(
        label=_("The gate at the end"),
        help_text=_("The question that is decided, such as “Do we go on?”. Leave it empty for no gate."),
        required=False,
        max_length=100,
    )
    needs = forms.MultipleChoiceField(
        label=_("What the gate asks for"),
        help_text=_("What you have just written under “What to hand in” can be ticked after “See how it reads”."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=GENERAL_NEEDS,
    )
    decided_by = forms.ChoiceField(
        label=_("Who decides"),
        required=False,
        widget=forms.RadioSelect,
        choices=[("owner", _("The owner")), ("leader", _("A leader above the owner"))],
        initial="owner",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        written = hand_ins_in(self["hand_ins"].value() or "", self["known"].value() or "")
        choices = [*GENERAL_NEEDS, *((each.key, each.name) for each in written)]
        self.fields["needs"].choices = choices  # type: ignore[attr-defined]

    def raw(self) -> dict[str, Any]:
        """What is written in it now, whether it can be saved or not."""
        return {name: self[name].value() for name in self.fields}


class BasePhases(forms.BaseFormSet):
    """The phases, in order."""

    def clean(self) -> None:
        if any(self.errors):
            return
        order = list(Stage)
        stages = [order.index(Stage(form.cleaned_data["stage"])) for form in self.forms if form.cleaned_data]
        if not stages:
            raise ValidationError(_("A method has one phase at least."), code="empty")
        for place in range(1, len(stages)):
            if stages[place] < stages[place - 1]:
                raise ValidationError(
                    _("Phase %(number)s is counted as something that comes before the phase above it.")
                    % {"number": place + 1},
                    code="backwards",
                )


PhaseForms = forms.formset_factory(
    PhaseForm,
    formset=BasePhases,
    extra=0,
    max_num=MAX_PHASES,
    validate_max=True,
    absolute_max=MAX_PHASES + 1,
)
