"""What is written on the pages of search."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from grobunn.search.models import Told
from grobunn.ui.seen import SeenForm


class SynonymsForm(SeenForm, forms.Form):
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


class SavedSearchForm(forms.Form):
    """A name for a search, and how its owner hears of what is new."""

    name = forms.CharField(label=_("Name"), max_length=80)
    told = forms.ChoiceField(label=_("When something new matches"), choices=Told, widget=forms.RadioSelect)
