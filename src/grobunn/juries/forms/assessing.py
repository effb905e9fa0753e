"""What the panel decides about a possible conflict."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from grobunn.juries.forms.fields import words_field
from grobunn.juries.queries.assessing import ConflictSeen
from grobunn.juries.queries.overview import name_of

CONFIRM, DISMISS = "confirm", "dismiss"


class AssessForm(forms.Form):
    """Confirm or dismiss, why, and who took part."""

    verdict = forms.ChoiceField(
        label=_("What does the panel decide?"),
        choices=[(CONFIRM, _("Confirm: disqualified for this entry")), (DISMISS, _("Dismiss: impartial all the same"))],
        widget=forms.RadioSelect,
    )
    reason = words_field(_("Why?"), most=1000, help_text=_("It stands in the protocol."))
    taken_by = forms.MultipleChoiceField(label=_("Who took part?"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, seen: ConflictSeen, **kwargs: Any) -> None:
        everybody = [str(member.pk) for member in seen.takers]
        kwargs["initial"] = {"taken_by": everybody}
        kwargs["prefix"] = str(seen.conflict.pk)
        super().__init__(*args, **kwargs)
        self.seen = seen
        self.fields["taken_by"].choices = [(str(member.pk), name_of(member)) for member in seen.takers]  # type: ignore[attr-defined]


class AgainForm(forms.Form):
    """Why something is assessed anew."""

    reason = words_field(_("Why is it to be assessed again?"), most=1000, rows=2)

    def __init__(self, *args: Any, seen: ConflictSeen, **kwargs: Any) -> None:
        kwargs["prefix"] = str(seen.conflict.pk)
        super().__init__(*args, **kwargs)
        self.seen = seen
