"""What is refused at the door, each with a helpful sentence; nothing of it is stored."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from grobunn.ideas.models import TEXT_LENGTH
from grobunn.kernel.identity_numbers import find_national_identity_number


def validate_text(text: str) -> None:
    """Text of an idea: not empty, not too long, no national identity number.

    Raises: ValidationError.
    """
    if not text.strip():
        raise ValidationError(_("Write a sentence about your idea first."), code="required")
    if len(text) > TEXT_LENGTH:
        raise ValidationError(
            _("The text has %(count)s characters. There is room for %(limit)s. Shorten it, or tell the rest later."),
            code="max_length",
            params={"count": len(text), "limit": TEXT_LENGTH},
        )
    validate_no_identity_number(text)


def validate_no_identity_number(text: str) -> None:
    """No national identity number anywhere in what somebody wrote.

    Raises: ValidationError.
    """
    if find_national_identity_number(text):
        raise ValidationError(
            _("The text has a national identity number in it. Take it out: nothing has been saved."),
            code="identity_number",
        )
