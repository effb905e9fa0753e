"""What can be followed beside a case."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from grobunn.cases.codes import kostra_choices
from grobunn.cases.models import InnovationKind, Topic
from grobunn.organisations.queries import all_municipalities

_NONE = ("", _("None"))


class FollowForm(forms.Form):
    """One of each, as many times as somebody likes. Its names are those of the library's address where it has them."""

    municipality = forms.ChoiceField(label=_("Municipality"), required=False)
    kostra = forms.ChoiceField(label=_("Field of service (KOSTRA)"), required=False)
    innovation = forms.ChoiceField(
        label=_("Kind of innovation"), required=False, choices=[_NONE, *InnovationKind.choices]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = [(str(each["id"]), each["name"]) for each in all_municipalities()]
        self.fields["municipality"].choices = [_NONE, *places]  # type: ignore[attr-defined]
        self.fields["kostra"].choices = [_NONE, *kostra_choices()]  # type: ignore[attr-defined]

    def chosen(self) -> list[tuple[str, str]]:
        """The topics that were chosen, with their values."""
        return [(topic, value) for topic in Topic.values if (value := self.cleaned_data[topic])]
