"""Panels in the API: the same services and the same reads as the pages."""

from django.utils.translation import gettext_lazy as _

from grobunn.juries.api import comparing, declaring, reading, results, scoring
from grobunn.juries.api.router import router

SCOPES = {
    "juries:read": _("Read panels that you are on or run."),
    "juries:write": _("Declare impartiality, score and decide on panels that you are on."),
}

__all__ = ["SCOPES", "comparing", "declaring", "reading", "results", "router", "scoring"]
