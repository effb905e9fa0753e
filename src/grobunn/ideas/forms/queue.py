"""What the queue is narrowed by; the names are those of its address."""

from django import forms
from django.utils.translation import gettext_lazy as _

from grobunn.ideas.models import IdeaKind
from grobunn.ideas.queries.queue import QueueFilter
from grobunn.ideas.states import IdeaState


class QueueForm(forms.Form):
    """The filter bar of the queue; unknown values are passed over, so that an old link still shows something."""

    tilstand = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All open")), *IdeaState.choices])
    frist = forms.ChoiceField(
        label=_("Deadline"),
        required=False,
        choices=[("", _("All")), ("overdue", _("Overdue")), ("soon", _("Within three days"))],
    )
    hos = forms.ChoiceField(label=_("Held by"), required=False, choices=[("", _("Everybody")), ("me", _("Me"))])
    type = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All")), *IdeaKind.choices])
    enhet = forms.UUIDField(label=_("Unit"), required=False, widget=forms.HiddenInput)
    ord = forms.CharField(label=_("Words"), required=False, max_length=100)

    def narrowed(self) -> QueueFilter:
        """The filter; what was not understood is left out."""
        self.is_valid()
        cleaned = self.cleaned_data
        return QueueFilter(
            state=cleaned.get("tilstand", ""),
            due=cleaned.get("frist", ""),
            holder=cleaned.get("hos", ""),
            kind=cleaned.get("type", ""),
            unit=cleaned.get("enhet"),
            words=cleaned.get("ord", ""),
        )
