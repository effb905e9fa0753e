"""Fields that the forms of panels share."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from grobunn.kernel.identity_numbers import find_national_identity_number

_LOCAL = "%Y-%m-%dT%H:%M"


def refuse_identity_number(text: str) -> None:
    """Refuse a text with a national identity number in it."""
    if find_national_identity_number(text):
        raise ValidationError(
            _("The text has a national identity number in it. Take it out: nothing has been saved."),
            code="identity_number",
        )


def line_field(label: Any, *, most: int, required: bool = True, help_text: Any = "") -> forms.CharField:
    """A line of text."""
    return forms.CharField(
        label=label, max_length=most, required=required, help_text=help_text, validators=[refuse_identity_number]
    )


def words_field(label: Any, *, most: int, rows: int = 3, required: bool = True, help_text: Any = "") -> forms.CharField:
    """Some sentences."""
    field = line_field(label, most=most, required=required, help_text=help_text)
    field.widget = forms.Textarea(attrs={"rows": rows, "maxlength": most})
    return field


def day_field(label: Any, *, required: bool = False, help_text: Any = "") -> forms.DateField:
    """A day, chosen in the browser's own calendar."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, help_text=help_text)


def moment_field(label: Any, *, required: bool = False, help_text: Any = "") -> forms.DateTimeField:
    """A day and a time of day, in Norway."""
    return forms.DateTimeField(
        label=label,
        required=required,
        help_text=help_text,
        input_formats=[_LOCAL, "%Y-%m-%dT%H:%M:%S", "%d.%m.%Y %H:%M", "%d.%m.%Y %H.%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_LOCAL),
        error_messages={"invalid": _("Write it as 24.12.2026 08:00.")},
    )
