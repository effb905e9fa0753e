"""Was this useful?"""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from grobunn.kernel.identity_numbers import find_national_identity_number

_WHY_LENGTH = 1000


class VerdictForm(forms.Form):
    """Two buttons."""

    svar = forms.ChoiceField(choices=[("ja", _("Yes")), ("nei", _("No"))])
    nokkel = forms.UUIDField()


class WhyForm(forms.Form):
    """What was missing, from somebody who has said no."""

    why = forms.CharField(
        label=_("What was missing?"),
        max_length=_WHY_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The municipality that looks after the example reads it. Do not write names."),
    )
    nokkel = forms.UUIDField(widget=forms.HiddenInput)

    def clean_why(self) -> str:
        """Names cannot be recognised; national identity numbers can."""
        why: str = self.cleaned_data["why"].strip()
        if find_national_identity_number(why):
            raise forms.ValidationError(
                pgettext_lazy("verdict", "There is a national identity number in it. Take it out: nothing is saved."),
                code="identity_number",
            )
        return why
