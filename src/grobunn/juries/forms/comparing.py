"""The answer to which of two is better, as a form and as a device send it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms

from grobunn.juries.services.comparing import AnswerGiven, AnswerTakenBack
from grobunn.kernel.devices import moment_of

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


def read_answer(row: Mapping[str, Any]) -> AnswerGiven | AnswerTakenBack:
    """An answer, or that one is taken back, from its JSON. Raises: KeyError, TypeError, ValueError."""
    made_at = moment_of(row["at"])
    if "takes_back" in row:
        return AnswerTakenBack(id=UUID(row["id"]), answer_id=UUID(row["takes_back"]), made_at=made_at)
    left, right = UUID(row["left"]), UUID(row["right"])
    better = {LEFT: left, RIGHT: right, EQUAL: None}[row["better"]]
    return AnswerGiven(id=UUID(row["id"]), pair=(left, right), better=better, made_at=made_at)
