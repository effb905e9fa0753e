"""A ready reason, as the adviser writes it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from grobunn.ideas.placeholders import NAMES, unknown_in
from grobunn.ideas.queries.reasons import EDGES
from grobunn.ideas.states import MACHINE
from grobunn.ideas.validators import validate_no_identity_number

NAME_LENGTH = 100
TEXT_LENGTH = 2000


class ReasonForm(forms.Form):
    """Its words; the step that it goes with is chosen once. Takes: edge, where that is settled."""

    edge = forms.ChoiceField(label=_("It goes with the answer"))
    name = forms.CharField(
        label=_("Name"),
        max_length=NAME_LENGTH,
        help_text=_("By which you find it when you answer. The writer does not see it."),
    )
    text = forms.CharField(
        label=_("Text"),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 6}),
        validators=[validate_no_identity_number],
        help_text=_(
            "Write “…” for what is to be filled in each time. {title}, {reference}, {unit} and {municipality} "
            "are filled in by themselves."
        ),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, edge: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["edge"].choices = [(name, MACHINE.by_name[name].label) for name in EDGES]  # type: ignore[attr-defined]
        if edge:
            self.fields["edge"].disabled = True
            self.fields["edge"].initial = edge
            self.fields["edge"].widget = forms.HiddenInput()

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        unknown = unknown_in(text)
        if unknown:
            raise ValidationError(
                _("{%(name)s} is nothing that can be filled in. These are: %(known)s."),
                code="placeholder",
                params={"name": unknown[0][:40], "known": ", ".join(f"{{{name}}}" for name in NAMES)},
            )
        return text
