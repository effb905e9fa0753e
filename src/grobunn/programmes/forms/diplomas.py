"""What is asked of whoever checks a diploma."""

from django import forms
from django.utils.translation import gettext_lazy as _

# More than any spacing of a number; what is longer is no number.
_MOST_TYPED = 40


class CheckForm(forms.Form):
    """The number of a diploma."""

    nummer = forms.CharField(
        label=_("Number of the diploma"),
        max_length=_MOST_TYPED,
        help_text=_("It stands at the foot of the diploma. Spaces, dashes and small letters do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
