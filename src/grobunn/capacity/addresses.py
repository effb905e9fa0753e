"""Where the pages of capacity are."""

from typing import Any

from django.urls import reverse

from grobunn.capacity.models import Source
from grobunn.organisations.models import Municipality


def address(name: str, municipality: Municipality, **kwargs: Any) -> str:
    """One of the feature's pages in a municipality."""
    return reverse(f"capacity:{name}", kwargs={"municipality": municipality.slug, **kwargs})


def source_page(source: Source) -> str:
    """The page of a source, in the municipality that it belongs to."""
    return address("source", source.municipality, source_id=source.pk)


def hours_page(municipality: Municipality) -> str:
    """Where somebody tells the hours of the week."""
    return address("hours", municipality)


def queue_page(municipality: Municipality) -> str:
    """What waits for room."""
    return address("queue", municipality)
