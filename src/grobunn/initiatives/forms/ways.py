"""What the ways on ask for when there is no room: each its own fields, asked for only when it is chosen."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from grobunn.capacity.quarters import Quarter
from grobunn.ideas.validators import validate_no_identity_number
from grobunn.kernel import clock

RAISE, LATER, WAIT = "hev", "vent", "parker"
_WORDS = 2000
_USUAL_DAYS = 90


class WaysForm(forms.Form):
    """Takes: way, the one that was chosen, "" at first; free_from, the quarter from which there is room."""

    raise_reason = forms.CharField(
        label=_("Why is there more?"),
        help_text=_("Kept, and read by those who plan: where do the hours or the money come from?"),
        required=False,
        max_length=_WORDS,
        widget=forms.Textarea(attrs={"rows": 2}),
        validators=[validate_no_identity_number],
    )
    wait_reason = forms.CharField(
        label=_("What do you want to say to the writer?"),
        help_text=_("The writer reads this, and hears again when there is room."),
        required=False,
        max_length=_WORDS,
        widget=forms.Textarea(attrs={"rows": 2}),
        validators=[validate_no_identity_number],
    )
    wait_until = forms.DateField(
        label=_("At the latest until"),
        help_text=_("On this day you look at it again, whether there is room or not."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, way: str = "", free_from: Quarter | None = None, **kwargs: Any) -> None:
        kwargs["initial"] = {"wait_until": _proposed(free_from), **(kwargs.get("initial") or {})}
        kwargs["prefix"] = "way"
        super().__init__(*args, **kwargs)
        self.way = way
        self.fields["wait_until"].widget.attrs["min"] = (clock.today() + timedelta(days=1)).isoformat()

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        asked = {RAISE: ("raise_reason",), WAIT: ("wait_reason", "wait_until")}.get(self.way, ())
        for name in asked:
            if not given.get(name) and name not in self.errors:
                self.add_error(name, ValidationError(self.fields[name].error_messages["required"], code="required"))
        return given


def _proposed(free_from: Quarter | None) -> date:
    """The first day of the quarter with room, else in three months; never today or earlier."""
    soon = clock.today() + timedelta(days=_USUAL_DAYS)
    return max(free_from.first_day, clock.today() + timedelta(days=1)) if free_from else soon
