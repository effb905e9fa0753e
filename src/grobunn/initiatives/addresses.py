"""Where the pages of initiatives are."""

from django.urls import reverse

from grobunn.ideas.models import Idea
from grobunn.initiatives.models import Initiative


def start_page(idea: Idea) -> str:
    """Where somebody starts work on an idea."""
    return reverse("initiatives:start", kwargs={"municipality": idea.municipality.slug, "reference": idea.reference})


def initiative_page(initiative: Initiative) -> str:
    """The page of an initiative."""
    where = {"municipality": initiative.municipality.slug, "reference": initiative.reference}
    return reverse("initiatives:initiative", kwargs=where)


def phase_page(initiative: Initiative) -> str:
    """Where the phase of an initiative is, and its gate."""
    where = {"municipality": initiative.municipality.slug, "reference": initiative.reference}
    return reverse("initiatives:phase", kwargs=where)


def report_page(initiative: Initiative) -> str:
    """Where somebody reports on an initiative."""
    where = {"municipality": initiative.municipality.slug, "reference": initiative.reference}
    return reverse("initiatives:report", kwargs=where)
