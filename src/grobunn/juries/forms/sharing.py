"""How entries are to be shared out."""

from django import forms
from django.utils.translation import gettext_lazy as _

from grobunn.juries.maths.assignment import Wish


class SharingForm(forms.Form):
    """How many reviews each entry gets, how even the loads are, whether somebody senior is among them."""

    reviews = forms.IntegerField(label=_("How many score each entry?"), min_value=1, max_value=20, initial=3)
    needs_senior = forms.BooleanField(label=_("Somebody senior among them"), required=False)

    @property
    def wish(self) -> Wish:
        """What was asked for."""
        return Wish(reviews=self.cleaned_data["reviews"], needs_senior=self.cleaned_data["needs_senior"])


class GivingForm(forms.Form):
    """One entry, one member."""

    entry = forms.UUIDField()
    member = forms.UUIDField()
