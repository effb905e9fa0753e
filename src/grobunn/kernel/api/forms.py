"""What was sent to the API, checked by the pages' own forms."""

from typing import TypeVar

from django import forms
from django.core.exceptions import ValidationError

F = TypeVar("F", bound=forms.Form)


def checked(form: F) -> F:
    """A form whose fields are as they should be. Raises: ValidationError, by field."""
    if not form.is_valid():
        raise ValidationError(form.errors.as_data())
    return form
