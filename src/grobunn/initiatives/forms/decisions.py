"""What the log of decisions is narrowed by."""

from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from grobunn.initiatives.queries.decisions import years_with_decisions
from grobunn.organisations.queries import unit_tree

_ALL = ("", pgettext_lazy("initiatives", "All"))


class DecisionsForm(forms.Form):
    """The filter of the log; unknown values are passed over, so that an old link still shows something."""

    enhet = forms.ChoiceField(label=_("Unit"), required=False, choices=[_ALL])
    ar = forms.ChoiceField(label=_("Year"), required=False, choices=[_ALL])

    def __init__(self, *args: object, municipality_id: UUID, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        units = [(str(branch.unit.pk), branch.indented_name) for branch in unit_tree(municipality_id)]
        years = [(str(year), str(year)) for year in years_with_decisions(municipality_id)]
        self.fields["enhet"].choices = [_ALL, *units]  # type: ignore[attr-defined]
        self.fields["ar"].choices = [_ALL, *years]  # type: ignore[attr-defined]

    def known(self) -> dict[str, str]:
        """What was asked for, as far as it is known."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
