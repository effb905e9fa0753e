"""What a list of initiatives is narrowed by."""

from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from grobunn.initiatives.models import Signal
from grobunn.initiatives.queries.listing import Narrowed, owners_seen
from grobunn.initiatives.states import InitiativeState
from grobunn.kernel.actors import Actor
from grobunn.methods.stages import Stage
from grobunn.organisations.queries import unit_tree

_ALL = ("", pgettext_lazy("initiatives", "All"))


class ListForm(forms.Form):
    """The filter of the list; unknown values are passed over, so that an old link still shows something."""

    ord = forms.CharField(label=_("Words"), required=False, max_length=100)
    tilstand = forms.ChoiceField(label=_("State"), required=False, choices=[_ALL, *InitiativeState.choices])
    fase = forms.ChoiceField(label=_("Stage"), required=False, choices=[_ALL, *Stage.choices])
    status = forms.ChoiceField(label=_("How it goes"), required=False, choices=[_ALL, *Signal.choices])
    enhet = forms.ChoiceField(label=_("Unit"), required=False, choices=[_ALL])
    eier = forms.ChoiceField(label=_("Owner"), required=False, choices=[_ALL])
    forsinket = forms.ChoiceField(
        label=_("Report"), required=False, choices=[_ALL, ("1", pgettext_lazy("reports", "Overdue"))]
    )

    def __init__(self, *args: object, actor: Actor, municipality_id: UUID, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        units = [(str(branch.unit.pk), branch.indented_name) for branch in unit_tree(municipality_id)]
        owners = [(str(user.pk), user.name) for user in owners_seen(actor, municipality_id=municipality_id)]
        self.fields["enhet"].choices = [_ALL, *units]  # type: ignore[attr-defined]
        self.fields["eier"].choices = [_ALL, *owners]  # type: ignore[attr-defined]

    def narrowed(self) -> Narrowed:
        """What was asked for, as far as it is known."""
        self.is_valid()
        asked = self.cleaned_data
        return Narrowed(
            state=asked.get("tilstand", ""),
            stage=asked.get("fase", ""),
            signal=asked.get("status", ""),
            unit_id=UUID(asked["enhet"]) if asked.get("enhet") else None,
            owner_id=UUID(asked["eier"]) if asked.get("eier") else None,
            words=asked.get("ord", ""),
            is_overdue=bool(asked.get("forsinket")),
        )

    def said(self) -> dict[str, str]:
        """What was asked for and is known, by the names of the address: for the audit trail."""
        self.is_valid()
        return {name: str(value) for name, value in self.cleaned_data.items() if value}
