"""Which kinds of ideas a municipality asks for."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from grobunn.ideas.models import IdeaKind


class KindsForm(forms.Form):
    """At least one; all of them is the same as not choosing."""

    kinds = forms.MultipleChoiceField(
        label=_("Kinds that the box offers"),
        choices=IdeaKind.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one kind. Nobody has to say which kind an idea is.")},
    )

    def asked_for(self) -> list[str]:
        """The kinds as a municipality has them: none chosen means that all are offered."""
        chosen = self.cleaned_data["kinds"]
        return [] if set(chosen) == set(IdeaKind.values) else [kind for kind in IdeaKind.values if kind in chosen]


def chosen_kinds(idea_kinds: Sequence[str]) -> list[str]:
    """What a municipality has, as the form shows it."""
    return list(idea_kinds or IdeaKind.values)
