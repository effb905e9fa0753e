"""The form of a step: a reason where one is asked for, which order counts where that is confirmed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from grobunn.juries.forms.fields import words_field
from grobunn.juries.models import Panel
from grobunn.juries.states import MESSAGES, Ranking
from grobunn.kernel.statemachine import Edge, SomebodyWasFirst


class StepForm(forms.Form):
    """What any step of a panel asks for."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, panel: Panel, edge: Edge, **kwargs: Any) -> None:
        kwargs["initial"] = {"version": panel.version, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.panel = panel
        if "ranking" in edge.needs:
            offered = Ranking.offered(is_pairwise=panel.is_pairwise)
            self.fields["ranking"] = forms.ChoiceField(
                label=_("Which order counts?"),
                choices=[(each.value, each.label) for each in offered],
                initial=panel.ranking or (offered[0] if len(offered) == 1 else None),
                widget=forms.RadioSelect,
            )
        if edge.is_reason_required:
            self.fields["reason"] = words_field(_("Why?"), most=2000, help_text=_("It stands in the protocol."))

    def compare(self) -> None:
        """Refuse what was looked at before somebody else did something. Raises: SomebodyWasFirst."""
        version = self.cleaned_data.get("version")
        if version is not None and version != self.panel.version:
            raise SomebodyWasFirst(MESSAGES.somebody_was_first)

    @property
    def inputs(self) -> dict[str, Any]:
        """What was given besides the reason."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("version", "reason")}
