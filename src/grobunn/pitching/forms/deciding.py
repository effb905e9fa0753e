"""What the panel says, and the ways on."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from grobunn.capacity.quarters import Quarter
from grobunn.ideas.validators import validate_no_identity_number
from grobunn.ideas.waking import WaitsFor
from grobunn.kernel import clock

START, RAISE, LATER, PARK, NO = "start", "hev", "vent", "parker", "nei"
_USUAL_DAYS = 90


class DecisionForm(forms.Form):
    """Takes: way, the button that was pressed; free_from, the quarter from which there is room."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reasons = forms.CharField(
        label=_("Reasons"),
        help_text=_("Stand in the minutes, and whoever wrote the idea reads them."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        validators=[validate_no_identity_number],
    )
    raise_reason = forms.CharField(
        label=_("Why is there more?"),
        help_text=_("Kept, and read by those who plan: where do the hours or the money come from?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        validators=[validate_no_identity_number],
    )
    until = forms.DateField(
        label=_("Until"),
        help_text=_("On this day the idea comes back."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    waits_for = forms.ChoiceField(
        label=_("What would wake it earlier?"),
        choices=[(each.value, each.label) for each in WaitsFor],
        initial=WaitsFor.DATE,
        required=False,
    )
    condition = forms.CharField(
        label=_("In your own words"),
        help_text=_("For example: the new school opens, or there is money in the budget for 2028."),
        required=False,
        max_length=300,
    )

    def __init__(self, *args: Any, way: str = "", free_from: Quarter | None = None, **kwargs: Any) -> None:
        tomorrow = clock.today() + timedelta(days=1)
        usual = clock.today() + timedelta(days=_USUAL_DAYS)
        until = max(free_from.first_day, tomorrow) if free_from else usual
        waits = WaitsFor.CAPACITY if free_from else WaitsFor.DATE
        kwargs["initial"] = {"until": until, "waits_for": waits, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.way = way
        self.fields["until"].widget.attrs["min"] = tomorrow.isoformat()

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        asked = {RAISE: "raise_reason", PARK: "until"}.get(self.way)
        if asked and not given.get(asked) and asked not in self.errors:
            self.add_error(asked, ValidationError(self.fields[asked].error_messages["required"], code="required"))
        return given
