"""The form of a person's choices: one question for each kind of message."""

from collections.abc import Mapping
from typing import Any

from django import forms

from grobunn.notifications.kinds import Delivery, chosen_among

# A field's name is read by scripts and styles, where a dot would mean something else.
_PREFIX = "kind-"


def field_name(kind_name: str) -> str:
    """Name of the field of a kind."""
    return f"{_PREFIX}{kind_name.replace('.', '-')}"


class ChoicesForm(forms.Form):
    """When each kind of mail comes."""

    def __init__(self, *args: Any, chosen: Mapping[str, Delivery], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in chosen_among():
            self.fields[field_name(kind.name)] = forms.ChoiceField(
                label=str(kind.label),
                help_text=str(kind.description),
                choices=[(delivery.value, delivery.label) for delivery in kind.deliveries],
                initial=chosen.get(kind.name, kind.default),
                widget=forms.RadioSelect,
            )

    @property
    def deliveries(self) -> dict[str, Delivery]:
        """What was chosen, by the kind's name."""
        return {kind.name: Delivery(self.cleaned_data[field_name(kind.name)]) for kind in chosen_among()}
