"""Forms of the portfolio beside its filter."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from grobunn.initiatives.queries.phases import PhaseNow
from grobunn.portfolio.columns import WORK, Column


class MoveForm(forms.Form):
    """Where a card is to go: the phases that no gate stands before. Takes: toward, the column it was dropped on."""

    phase = forms.ChoiceField(label=_("Move it to"), widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Why"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any, *, now: PhaseNow, toward: str = "") -> None:
        super().__init__(data, initial={"version": now.initiative.version})
        stages = {phase.stage.value: phase.key for phase in reversed(now.method.phases)}
        self.toward = stages.get(toward, toward)
        field = self.fields["phase"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- declared above
        field.choices = [
            (phase.key, f"{phase.name} ({_column_label(phase.stage.value)})")
            for place, phase in enumerate(now.method.phases, start=1)
            if phase != now.phase and (place < now.number or now.gate_before(phase) is None)
        ]
        following = now.following.key if now.following else ""
        self.initial["phase"] = self.toward if self.toward in dict(field.choices) else following


def _column_label(stage: str) -> str:
    return str(Column(stage).label) if stage in {column.value for column in WORK} else stage


class ProjectFileForm(forms.Form):
    """A list of projects that are under way."""

    file = forms.FileField(
        label=_("File"), help_text=_("CSV or Excel (.xlsx), at most 5 MB. The first row holds the headings.")
    )
