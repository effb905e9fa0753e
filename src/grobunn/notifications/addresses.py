"""Addresses without an account, and how one is recognised without being kept."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.crypto import salted_hmac


@dataclass(frozen=True)
class ContactPoint:
    """An e-mail address whose owner has no account here, and the language they wrote in.

    Raises: ValidationError if it is no address: a line break would be a second header.
    """

    email: str
    language: str

    def __post_init__(self) -> None:
        validate_email(self.email)
        if not self.email.isprintable():
            raise ValidationError("Enter a valid email address.")


def digest_of(address: str) -> str:
    """A keyed digest of an address: the same for the same address, telling nothing of it without the key."""
    return salted_hmac("grobunn.notifications.address", address.strip().lower(), algorithm="sha256").hexdigest()
