"""Whole addresses of what is published, as others keep and share them."""

from django.conf import settings
from django.urls import reverse

from grobunn.cases.models import Case


def whole(path: str) -> str:
    """A path as a whole address."""
    return f"{settings.SITE_URL}{path}"


def case_address(case: Case) -> str:
    """The address of a case that is shared: it stays the same for ever."""
    return whole(reverse("cases:case", kwargs={"slug": case.slug}))
