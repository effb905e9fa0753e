"""What people type on the front page."""

from django import forms
from django.utils.translation import gettext_lazy as _


class MunicipalityForm(forms.Form):
    """A municipality, by as much of its name as somebody types."""

    sok = forms.CharField(
        label=_("Your municipality"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "address-level2", "spellcheck": "false"}),
    )

    def words(self) -> str:
        """What was typed; nothing where it cannot be used."""
        return self.cleaned_data["sok"] if self.is_valid() else ""
