"""Hours of a week for something that one helps."""

from django import forms
from django.utils.translation import gettext_lazy as _

from grobunn.capacity.forms.fields import AmountField
from grobunn.capacity.kinds import Kind
from grobunn.capacity.services.hours import MOST_HOURS


class HoursForm(forms.Form):
    """What a tap on a figure sends, or one's own figure."""

    claim = forms.UUIDField()
    kind = forms.ChoiceField(choices=Kind.choices)
    week = forms.DateField()
    hours = AmountField(
        max_value=MOST_HOURS,
        error_messages={
            "max_value": _("Between 0 and %(limit_value)s hours a week."),
            "required": _("Write a figure."),
        },
    )
