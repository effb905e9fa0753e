"""What lists of adoptions are narrowed by."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from grobunn.cases.models import InnovationKind
from grobunn.cases.states import AdoptionState


class AdoptionListForm(forms.Form):
    """The filter of the list of adoptions; unknown values are passed over: an old link still shows something."""

    tilstand = forms.ChoiceField(
        label=pgettext_lazy("adoption", "How far it has come"),
        required=False,
        choices=[("", pgettext_lazy("adoptions", "All")), *AdoptionState.choices],
    )
    type = forms.ChoiceField(
        label=_("Kind of innovation"),
        required=False,
        choices=[("", pgettext_lazy("adoptions", "All")), *InnovationKind.choices],
    )
