"""What the queue is narrowed by; the names are those of its address."""

from django import forms
from django.utils.translation import gettext_lazy as _

from grobunn.ideas.models import IdeaKind
from grobunn.ideas.queries.queue import QueueFilter
from grobunn.ideas.states import IdeaState


class QueueForm(forms.Form):
    """The filter bar of the queue; unknown values are passed over, so that an old link still shows something."""

    tilstand = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("Waits for an answer")), *IdeaState.choices]
    )
    frist = forms.ChoiceField(
        label=_("Deadline"),
        required=False,
        choices=[("", _("All")), ("overdue", _("Overdue")), ("soon", _("Within three days"))],
    )
    hos = forms.ChoiceField(label=_("Held by"), required=False, choices=[("", _("Everybody")), ("me", _("Me"))])
    type = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All")), *IdeaKind.choices])
    enhet = forms.CharField(label=_("Unit"), required=False, max_length=100)
    ord = forms.CharField(label=_("Words"), required=False, max_length=100)

    def narrowed(self) -> QueueFilter:
        """The filter; what was not understood is left out."""
        known = self.known()
        return QueueFilter(
            state=known.get("tilstand", ""),
            due=known.get("frist", ""),
            holder=known.get("hos", ""),
            kind=known.get("type", ""),
            unit=known.get("enhet", ""),
            words=known.get("ord", ""),
        )

    def known(self) -> dict[str, str]:
        """What the filter says, without what is empty or not understood."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class SavedViewForm(forms.Form):
    """A name for the filter that one looks through now."""

    name = forms.CharField(label=_("Name of the view"), max_length=60)
    query = forms.CharField(widget=forms.HiddenInput, required=False, max_length=500)
