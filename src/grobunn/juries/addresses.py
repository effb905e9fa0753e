"""Where the pages of panels are."""

from django.urls import reverse

from grobunn.juries.models import Panel


def panel_page(panel: Panel) -> str:
    """The page of a panel."""
    return reverse("juries:panel", kwargs={"municipality": panel.municipality.slug, "reference": panel.reference})
