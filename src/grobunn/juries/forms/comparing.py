"""The answer to which of two is better."""

from uuid import UUID

from django import forms

LEFT, RIGHT, EQUAL = "left", "right", "equal"


class ComparisonForm(forms.Form):
    """Two entries and which is better, as buttons of one form send them."""

    key = forms.UUIDField()
    left = forms.UUIDField()
    right = forms.UUIDField()
    better = forms.ChoiceField(choices=[(each, each) for each in (LEFT, RIGHT, EQUAL)])

    @property
    def pair(self) -> tuple[UUID, UUID]:
        """The two."""
        return self.cleaned_data["left"], self.cleaned_data["right"]

    @property
    def chosen(self) -> UUID | None:
        """The better one, None where they are equally good."""
        better = self.cleaned_data["better"]
        chosen: UUID | None = None if better == EQUAL else self.cleaned_data[better]
        return chosen
