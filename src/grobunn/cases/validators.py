"""What is refused in a case, each with a helpful sentence."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import pgettext_lazy

from grobunn.kernel.identity_numbers import find_national_identity_number


def validate_no_identity_numbers(fields: Mapping[str, Any]) -> None:
    """No national identity number in anything that somebody wrote.

    Raises: ValidationError, by field.
    """
    found = [name for name, value in fields.items() if find_national_identity_number(_words(value))]
    if found:
        message = pgettext_lazy(
            "case", "The text has a national identity number in it. Take it out: it has not been saved."
        )
        raise ValidationError({name: ValidationError(message, code="identity_number") for name in found})


def _words(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(_words(each) for each in value)
    if isinstance(value, dict):
        return _words(list(value.values()))
    return value if isinstance(value, str) else ""
