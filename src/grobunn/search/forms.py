"""The one box of search."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

# Longer than anybody looks for; what is pasted beyond it is cut by the words that are looked at anyway.
_MOST_CHARACTERS = 300


class SearchForm(forms.Form):
    """What somebody looks for, and what it is narrowed by."""

    q = forms.CharField(
        label=_("What are you looking for?"),
        required=False,
        max_length=_MOST_CHARACTERS,
        widget=forms.TextInput(attrs={"type": "search", "enterkeyhint": "search"}),
    )
    slag = forms.CharField(required=False, max_length=30, widget=forms.HiddenInput)
    tilstand = forms.CharField(required=False, max_length=30, widget=forms.HiddenInput)
    kommune = forms.SlugField(required=False, max_length=60, widget=forms.HiddenInput)
    side = forms.IntegerField(required=False, min_value=1, max_value=1000, widget=forms.HiddenInput)


class SynonymsForm(forms.Form):
    """Words that mean the same; `cleaned_data["words"]` is a list of them."""

    words = forms.CharField(
        label=_("Words"),
        max_length=500,
        help_text=_(
            "Put commas between them, such as: søppel, avfall, boss. Bokmål and nynorsk find each other anyway."
        ),
        error_messages={"required": _("Write at least two words that mean the same.")},
    )

    def clean_words(self) -> list[str]:
        return [word.strip() for word in re.split(r"[,;\n]", self.cleaned_data["words"]) if word.strip()]
