"""What can be followed beside a case."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from grobunn.cases.codes import kostra_choices
from grobunn.cases.models import InnovationKind, Topic
from grobunn.organisations.queries import COUNTIES, MunicipalityFacts, all_municipalities

_NONE = ("", _("None"))
_Choices = list[tuple[str, Any]]


def _places() -> _Choices:
    """Every municipality by its name; those of one name, as the two called Herøy, with their county."""
    known = all_municipalities()
    times = Counter(each["name"] for each in known)
    named = [(str(each["id"]), _name_of(each) if times[each["name"]] > 1 else each["name"]) for each in known]
    return [_NONE, *named]


def _services() -> _Choices:
    return [_NONE, *kostra_choices()]


def _name_of(place: MunicipalityFacts) -> str:
    county = COUNTIES.get((place["number"] or "")[:2], "")
    return f"{place['name']} ({county})" if county else place["name"]


class FollowForm(forms.Form):
    """One of each, as many times as somebody likes. Its names are those of the library's address where it has them."""

    municipality = forms.ChoiceField(label=_("Municipality"), required=False, choices=_places)
    kostra = forms.ChoiceField(label=_("Field of service (KOSTRA)"), required=False, choices=_services)
    innovation = forms.ChoiceField(
        label=_("Kind of innovation"), required=False, choices=[_NONE, *InnovationKind.choices]
    )

    def clean(self) -> dict[str, Any]:
        """Nothing chosen is told so, rather than taken for done."""
        given = super().clean() or {}
        if not self.errors and not any(given.get(topic) for topic in Topic.values):
            raise forms.ValidationError(_("Choose a municipality, a field of service or a kind of innovation."))
        return given

    @property
    def names(self) -> str:
        """What was chosen, in words."""
        fields: Mapping[str, Any] = self.fields
        return ", ".join(str(dict(fields[topic].choices)[value]) for topic, value in self.chosen())

    def chosen(self) -> list[tuple[str, str]]:
        """The topics that were chosen, with their values."""
        return [(topic, value) for topic in Topic.values if (value := self.cleaned_data[topic])]
