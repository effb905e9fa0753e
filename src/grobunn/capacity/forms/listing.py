"""What the overview is narrowed by; it stands in the address."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from grobunn.capacity.quarters import Quarter, quarters_from
from grobunn.organisations.models import Municipality, Unit
from grobunn.organisations.queries import Branch

_AHEAD = 8
_BACK = 4


class OverviewForm(forms.Form):
    """A unit with those below it, and the first quarter. Takes: branches, the units that there are."""

    enhet = forms.ChoiceField(label=_("Unit"), required=False, widget=forms.Select(attrs={"class": "ds-input"}))
    fra = forms.TypedChoiceField(
        label=_("From"),
        required=False,
        coerce=Quarter.read,
        empty_value=None,
        widget=forms.Select(attrs={"class": "ds-input"}),
    )

    def __init__(self, data: QueryDict, *, municipality: Municipality, branches: list[Branch]) -> None:
        super().__init__({"enhet": data.get("enhet", ""), "fra": data.get("fra") or Quarter.now().code})
        self._is_asked_from = "fra" in data
        self._units = {branch.unit.slug: branch.unit for branch in branches}
        units = [(branch.unit.slug, branch.indented_name) for branch in branches]
        self.fields["enhet"].choices = [("", municipality.name), *units]  # type: ignore[attr-defined]
        now = Quarter.now()
        quarters = [(each.code, str(each)) for each in quarters_from(now + -_BACK, _BACK + _AHEAD)]
        self.fields["fra"].choices = quarters  # type: ignore[attr-defined]
        self.is_valid()

    @property
    def unit(self) -> Unit | None:
        """The unit that is asked for; None for all, or for one that there is not."""
        return self._units.get(self.cleaned_data.get("enhet", ""))

    @property
    def first(self) -> Quarter:
        """The first quarter that is shown."""
        return self.cleaned_data.get("fra") or Quarter.now()

    def known(self) -> dict[str, str]:
        """What the address asks for and there is."""
        asked = {"enhet": self.unit.slug if self.unit else "", "fra": self.first.code if self._is_asked_from else ""}
        return {name: value for name, value in asked.items() if value}
