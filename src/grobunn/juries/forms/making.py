"""What a panel is called, what it is to decide, and when."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from grobunn.juries.forms.fields import day_field, line_field, moment_field, words_field
from grobunn.juries.models import Panel
from grobunn.juries.models.panels import TITLE_LENGTH
from grobunn.juries.states import Peek
from grobunn.kernel import ids


class PanelForm(forms.Form):
    """The facts of a panel."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    name = line_field(_("What is it called?"), most=TITLE_LENGTH)
    purpose = words_field(_("What is it to decide?"), most=2000, required=False)
    meets_on = day_field(_("When does it meet?"))
    scores_due_at = moment_field(
        _("When are the scores to be in?"), help_text=_("Whoever is behind is reminded the day before, and when late.")
    )
    peek = forms.ChoiceField(
        label=_("When does somebody see the scores of others?"),
        choices=Peek.choices,
        initial=Peek.RELEASE,
        widget=forms.RadioSelect,
    )
    is_pairwise = forms.BooleanField(
        label=_("Compare two at a time"),
        help_text=_("Instead of figures: for many entries and little time."),
        required=False,
    )

    def __init__(self, *args: Any, panel: Panel | None = None, **kwargs: Any) -> None:
        known = {name: getattr(panel, name) for name in _FACTS} if panel is not None else {"key": ids.new_id()}
        kwargs["initial"] = {**known, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)

    @property
    def facts(self) -> dict[str, Any]:
        """What was given, by the names of the panel."""
        return {name: self.cleaned_data[name] for name in _FACTS}


_FACTS = ("name", "purpose", "meets_on", "scores_due_at", "peek", "is_pairwise")
