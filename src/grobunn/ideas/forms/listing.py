"""What a list of ideas is narrowed by."""

from django import forms
from django.utils.translation import gettext_lazy as _

from grobunn.ideas.models import IdeaKind
from grobunn.ideas.states import IdeaState


class ListForm(forms.Form):
    """The filter of the public list; unknown values are passed over, so that an old link still shows something."""

    tilstand = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All")), *IdeaState.choices])
    type = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All")), *IdeaKind.choices])
