"""Sources: making, changing and sharing them."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from grobunn.capacity.forms.fields import AmountField
from grobunn.capacity.kinds import Kind
from grobunn.capacity.models import Source
from grobunn.capacity.services.sources import mark_of
from grobunn.kernel import ids
from grobunn.organisations.models import Municipality, Unit
from grobunn.organisations.queries import MunicipalityFacts

NAME_LENGTH = 100


class _Named(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        max_length=NAME_LENGTH,
        help_text=_("As those who need help would call it: “Project leads in Digital”. Not the name of a person."),
    )
    is_shared = forms.BooleanField(
        label=_("For the whole municipality"),
        required=False,
        help_text=_("Else for its own unit and those below it."),
    )


class NewSourceForm(_Named):
    """A new source, with as much in each of the next quarters. Takes: units, those that the actor may declare for."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    unit = forms.ChoiceField(label=_("Whose capacity is it?"))
    kind = forms.ChoiceField(label=_("What kind of help?"), choices=Kind.choices)
    amount = AmountField(
        label=_("How much is there in a quarter?"),
        required=False,
        help_text=_("Hours, kroner, or a number. It is told for this quarter and the next three; change each later."),
    )

    field_order = ("unit", "kind", "name", "amount", "is_shared")

    def __init__(self, *args: Any, units: list[Unit], labels: dict[Any, str], **kwargs: Any) -> None:
        kwargs["initial"] = {"key": ids.new_id(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self._units = {unit.slug: unit for unit in units}
        self.fields["unit"].choices = [(unit.slug, labels[unit.pk]) for unit in units]  # type: ignore[attr-defined]

    def clean_unit(self) -> Unit:
        return self._units[self.cleaned_data["unit"]]


class SourceForm(_Named):
    """Another name, or for more or fewer."""

    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, source: Source, **kwargs: Any) -> None:
        kwargs["initial"] = {"name": source.name, "is_shared": source.is_shared, "seen": mark_of(source)}
        super().__init__(*args, **kwargs)


class ShareForm(forms.Form):
    """Which other municipalities may draw on a source. Takes: others, to choose among; chosen, those that may now."""

    guests = forms.MultipleChoiceField(
        label=_("Who else may draw on it?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They see how much there is and how much is left, never what you use it for."),
    )
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, source: Source, others: list[MunicipalityFacts], chosen: list[Municipality], **kwargs: Any
    ) -> None:
        kwargs["initial"] = {"guests": [each.slug for each in chosen], "seen": mark_of(source)}
        super().__init__(*args, **kwargs)
        self._ids = {each["slug"]: each["id"] for each in others}
        self.fields["guests"].choices = [(each["slug"], each["name"]) for each in others]  # type: ignore[attr-defined]

    def guest_ids(self) -> list[UUID]:
        """Who may draw on it from now on, after `is_valid()`."""
        return [self._ids[slug] for slug in self.cleaned_data["guests"]]
