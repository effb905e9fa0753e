"""Saying that there is more, because something needs it."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from grobunn.capacity.forms.fields import AmountField
from grobunn.capacity.kinds import Measure
from grobunn.capacity.quarters import Quarter, quarters_from

_WORDS = 2000
_AHEAD = 16


class RaiseForm(forms.Form):
    """A quarter, the new figure and why. Takes: quarter that is suggested; amount, the figure that would be enough;
    measure, what it is counted in."""

    quarter = forms.TypedChoiceField(label=_("Quarter"), coerce=Quarter.read)
    amount = AmountField(label=_("How much is there in all?"))
    reason = forms.CharField(
        label=_("Why is there more?"),
        max_length=_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Kept, and read by those who plan: where do the hours or the money come from?"),
    )

    def __init__(self, *args: Any, quarter: Quarter, amount: Decimal | None, measure: Measure, **kwargs: Any) -> None:
        kwargs["initial"] = {"quarter": quarter.code, "amount": amount}
        super().__init__(*args, **kwargs)
        self.fields["amount"].help_text = _("In %(measure)s") % {"measure": measure.label}
        choices = [(each.code, str(each)) for each in quarters_from(Quarter.now(), _AHEAD)]
        self.fields["quarter"].choices = choices  # type: ignore[attr-defined]

    def clean_reason(self) -> str:
        reason: str = self.cleaned_data["reason"].strip()
        if not reason:
            raise ValidationError(_("Say why there is more."), code="required")
        return reason
