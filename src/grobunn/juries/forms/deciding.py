"""Forms of what is decided of an entry, and of what its entrant is told. `revision` is the entry's version."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from grobunn.juries.forms.fields import words_field
from grobunn.juries.models import Entry
from grobunn.juries.occasions import occasion_of


class DecisionForm(forms.Form):
    """Outcome and reasons; the outcome only where it is given on the panel's own page."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label=pgettext_lazy("panel", "Outcome"), widget=forms.RadioSelect, required=False, choices=()
    )
    reasons = words_field(
        _("Reasons"),
        most=10_000,
        rows=12,
        required=False,
        help_text=_("The entrant and the protocol get them as they stand here. Name nobody on the panel."),
    )

    def __init__(self, *args: Any, entry: Entry, draft: str, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "revision": entry.version,
            "outcome": entry.outcome,
            "reasons": entry.reasons or draft,
            **(kwargs.get("initial") or {}),
        }
        super().__init__(*args, **kwargs)
        self.entry = entry
        occasion = occasion_of(entry.panel)
        if occasion.decides_here:
            field = self.fields["outcome"]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- named above
            field.choices = [(each.code, each.label) for each in occasion.outcomes]
        else:
            del self.fields["outcome"]

    @property
    def outcome_given(self) -> str:
        """The outcome as it is to be: as it stands, where it is not given here."""
        return str(self.cleaned_data.get("outcome", self.entry.outcome))


class FeedbackForm(forms.Form):
    """What an entrant is told."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    feedback = words_field(
        pgettext_lazy("panel", "Feedback"),
        most=10_000,
        rows=12,
        required=False,
        help_text=_(
            "What was good, what was missing, and what could come next. The entrant gets it as it stands here."
        ),
    )

    def __init__(self, *args: Any, entry: Entry, draft: str, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "revision": entry.version,
            "feedback": entry.feedback or draft,
            **(kwargs.get("initial") or {}),
        }
        super().__init__(*args, **kwargs)
        self.entry = entry
