"""Forms of phases: deciding at a gate, asking for the decision, another phase, another method."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from grobunn.ideas.validators import validate_no_identity_number
from grobunn.initiatives.models import Initiative
from grobunn.initiatives.queries.phases import PhaseNow
from grobunn.initiatives.states import MESSAGES
from grobunn.methods.queries import methods_offered
from grobunn.methods.shapes import Method

REASON_LENGTH = 4000


def _words(label: Any, *, help_text: Any = "", required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        validators=[validate_no_identity_number],
    )


class PhaseForm(forms.Form):
    """What every form of a phase carries: the version that the person looked at."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, now: PhaseNow, **kwargs: Any) -> None:
        kwargs["initial"] = {"version": now.initiative.version, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.now = now

    def clean(self) -> dict[str, Any]:
        version = self.cleaned_data.get("version")
        if version is not None and version != self.now.initiative.version:
            self.errors.clear()  # What was offered then is not offered now: that is not what went wrong.
            raise ValidationError(str(MESSAGES.somebody_was_first), code="outdated")
        return self.cleaned_data


class DecideForm(PhaseForm):
    decision = forms.ChoiceField(label=_("What is decided?"), widget=forms.RadioSelect, choices=[])
    reason = _words(_("Why?"), help_text=_("Two or three sentences. They are kept with the decision for good."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        gate, choices = self.now.gate, []
        if gate is not None and gate.is_ready:
            choices.append(("pass_gate", pgettext_lazy("decision", "Go on")))
        choices.append(("send_back", pgettext_lazy("decision", "Not yet")))
        self.fields["decision"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.initial["decision"] = choices[0][0]


class AskForm(PhaseForm):
    reason = _words(_("A word to whoever decides"), required=False)


class ChangePhaseForm(PhaseForm):
    phase = forms.ChoiceField(label=_("To which phase?"), widget=forms.RadioSelect, choices=[])
    reason = _words(_("Why?"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = self.now
        open_to = [each for each in now.method.phases if each != now.phase and now.gate_before(each) is None]
        self.fields["phase"].choices = [(each.key, each.name) for each in open_to]  # type: ignore[attr-defined]


class SwitchMethodForm(PhaseForm):
    method = forms.ChoiceField(label=_("To which method?"), widget=forms.RadioSelect, choices=[])
    reason = _words(_("Why?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.methods = {each.key: each for each in _others(self.now.initiative)}
        choices = [(key, each.name) for key, each in self.methods.items()]
        self.fields["method"].choices = choices  # type: ignore[attr-defined]

    def clean_method(self) -> Method:
        return self.methods[self.cleaned_data["method"]]


def _others(initiative: Initiative) -> list[Method]:
    """What may be chosen instead: another method, or a newer edition of the same."""
    present = (initiative.method, initiative.method_edition)
    return [each for each in methods_offered(initiative.municipality_id) if (each.key, each.edition) != present]
