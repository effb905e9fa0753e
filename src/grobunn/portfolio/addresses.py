"""Where the pages of the portfolio are."""

from typing import Any

from django.urls import reverse

from grobunn.organisations.models import Municipality


def page(name: str, municipality: Municipality, query: str = "", **kwargs: Any) -> str:
    """One of the feature's pages in a municipality. Takes: query, of the filter."""
    path = reverse(f"portfolio:{name}", kwargs={"municipality": municipality.slug, **kwargs})
    return f"{path}?{query}" if query else path
