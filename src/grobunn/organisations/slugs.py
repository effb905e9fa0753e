"""Addresses of units."""

from collections.abc import Container

from grobunn.kernel import slugs
from grobunn.organisations.validators import RESERVED_FOR_MUNICIPALITY

LENGTH = 60


def slug_of(name: str, *, taken: Container[str] = ()) -> str:
    """A free address for a unit's name. Takes: taken, the addresses in use in the municipality."""
    return slugs.free(
        slugs.beginning(name, length=LENGTH, otherwise="enhet"), taken=taken, reserved=RESERVED_FOR_MUNICIPALITY
    )
