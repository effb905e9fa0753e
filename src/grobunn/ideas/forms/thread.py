"""Small forms around the thread."""

from django import forms
from django.utils.translation import gettext_lazy as _


class FindForm(forms.Form):
    """A receipt code, typed as people type."""

    receipt = forms.CharField(
        label=_("Receipt code"),
        max_length=40,
        help_text=_("Twelve letters and digits, such as 7KQF-M3XD-9TPA."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
