"""What is sent from a list of attendance, and what is told of a gathering that was missed."""

from typing import Any
from uuid import UUID, uuid5

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from grobunn.kernel import clock
from grobunn.programmes.forms.fields import KeyedForm, line_field, words_field
from grobunn.programmes.models import Day
from grobunn.programmes.services.attending import MarkGiven


class PeopleField(forms.Field):
    """Places by their ids, as many as there are."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> set[UUID]:
        """The ids. Raises: ValidationError."""
        try:
            return {UUID(each) for each in value or ()}
        except ValueError as error:
            raise ValidationError(
                _("This list has changed. Load the page again, then mark what is missing.")
            ) from error


class MarksForm(KeyedForm):
    """The ticks of a list: only what somebody changed becomes a mark, so that two who mark at once agree."""

    listed = PeopleField(required=False)
    before = PeopleField(required=False)
    present = PeopleField(required=False)
    guest = line_field(
        _("Somebody from another cohort"),
        most=150,
        required=False,
        help_text=_("Write a part of the name. What you have ticked is saved too."),
    )

    def marks(self, day: Day) -> list[MarkGiven]:
        """What was changed since the list was shown; sent twice, the marks are the same."""
        said = self.cleaned_data
        key, now = said["key"] or self.initial["key"], clock.now()
        changed = (said["present"] ^ said["before"]) & said["listed"]
        return [
            MarkGiven(
                uuid5(key, f"{person}:{person in said['present']}"), day.pk, person, person in said["present"], now
            )
            for person in sorted(changed)
        ]


class MakeUpForm(KeyedForm):
    """What somebody did instead."""

    text = words_field(
        _("What did you do instead?"),
        most=4000,
        rows=6,
        required=True,
        help_text=_("For example: what you read, whom you talked with, what you tried in your own unit."),
    )
