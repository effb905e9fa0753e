"""Where the set-up of methods is."""

from typing import Any

from django.urls import reverse

from grobunn.organisations.models import Municipality


def address(name: str, municipality: Municipality, **kwargs: Any) -> str:
    """Address of one of the pages."""
    return reverse(f"methods:{name}", kwargs={"municipality": municipality.slug, **kwargs})
