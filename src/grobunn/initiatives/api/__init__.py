"""Initiatives in the API: the same services and the same reads as the pages."""

from django.utils.translation import gettext_lazy as _

from grobunn.initiatives.api import phases, reading, starting, steps, working
from grobunn.initiatives.api.router import router

SCOPES = {
    "initiatives:read": _("Read initiatives."),
    "initiatives:write": _("Start initiatives, report on them and work with them."),
}

__all__ = ["SCOPES", "phases", "reading", "router", "starting", "steps", "working"]
