"""Which kinds of ideas a municipality asks for, and in which order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from grobunn.ideas.models import IdeaKind


@dataclass(frozen=True)
class KindRow:
    """One line of the form: a kind, whether it is asked for, and which of its buttons has just been pressed."""

    kind: IdeaKind
    is_chosen: bool
    pressed: str = ""


class KindsForm(forms.Form):
    """At least one; all of them in their usual order is the same as not choosing.

    Takes: order, all kinds as they stand on the page.
    """

    kinds = forms.MultipleChoiceField(
        label=_("Kinds that the box offers"),
        choices=IdeaKind.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("In the order in which they stand here."),
        error_messages={"required": _("Choose at least one kind. Nobody has to say which kind an idea is.")},
    )

    def __init__(self, *args: Any, order: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order = order

    def asked_for(self) -> list[str]:
        """The kinds as a municipality has them: none chosen means that all are offered."""
        chosen = [kind for kind in self.order if kind in self.cleaned_data["kinds"]]
        return [] if chosen == IdeaKind.values else chosen

    def rows(self, *, moved: str = "", steps: int = 0) -> list[KindRow]:
        """The lines in order. Takes: moved, the kind that just went so many steps down; its button has the focus."""
        chosen = self["kinds"].value() or []
        ends = {self.order[0]: "down", self.order[-1]: "up"}
        pressed = ends.get(moved, "down" if steps > 0 else "up")
        return [KindRow(IdeaKind(kind), kind in chosen, pressed if kind == moved else "") for kind in self.order]


def chosen_kinds(idea_kinds: Sequence[str]) -> list[str]:
    """What a municipality has, as the form shows it."""
    return list(idea_kinds or IdeaKind.values)


def all_kinds(first: Iterable[str]) -> list[str]:
    """All kinds, these first in their order; what is no kind is passed over."""
    return list(dict.fromkeys([*(kind for kind in first if kind in IdeaKind.values), *IdeaKind.values]))


def moved_kind(order: Sequence[str], kind: str, *, steps: int) -> list[str]:
    """The order with one kind so many steps further down (negative: up); beyond the ends it stays there."""
    rest = [each for each in order if each != kind]
    place = min(max(order.index(kind) + steps, 0), len(rest))
    return [*rest[:place], kind, *rest[place:]]
