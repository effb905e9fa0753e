"""Fields for what doing it costs."""

from typing import Any

from django import forms

from grobunn.cases.models.content import MOST_HOURS, MOST_NOK


def kroner(label: Any, *, help_text: Any = "") -> forms.IntegerField:
    """Whole kroner, or nothing."""
    return _amount(label, most=MOST_NOK, help_text=help_text)


def hours(label: Any, *, help_text: Any = "") -> forms.IntegerField:
    """Hours of work, or nothing."""
    return _amount(label, most=MOST_HOURS, help_text=help_text)


def _amount(label: Any, *, most: int, help_text: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=most, help_text=help_text)
