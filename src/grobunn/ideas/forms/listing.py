"""What a list of ideas is narrowed by."""

from django import forms
from django.utils.translation import gettext_lazy as _

from grobunn.ideas.models import IdeaKind
from grobunn.ideas.states import IdeaState


class ListForm(forms.Form):
    """The filter of the list of ideas; unknown values are passed over, so that an old link still shows something."""

    tilstand = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All")), *IdeaState.choices])
    svar = forms.ChoiceField(
        label=_("Answer"),
        required=False,
        choices=[
            ("", _("All")),
            ("answered", _("Answered")),
            ("in_time", _("Answered in time")),
            ("late", _("Answered late")),
            ("waiting", _("Not answered yet")),
        ],
    )
    type = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All")), *IdeaKind.choices])
