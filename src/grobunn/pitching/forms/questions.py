"""A question from the room."""

from django import forms
from django.utils.translation import gettext_lazy as _

from grobunn.ideas.validators import validate_no_identity_number


class QuestionForm(forms.Form):
    """Takes: nothing of who asks."""

    text = forms.CharField(
        label=_("Your question"),
        help_text=_("Nobody sees who asks. The chair chooses which questions are asked."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        validators=[validate_no_identity_number],
    )
