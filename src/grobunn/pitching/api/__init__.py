"""Pitch days in the API: the same services and the same reads as the pages."""

from django.utils.translation import gettext_lazy as _

from grobunn.pitching.api import days, deciding, proposing, running
from grobunn.pitching.api.router import router

SCOPES = {
    "pitching:read": _("Read pitch days, and what you may read of proposals and decisions."),
    "pitching:write": _("Write your team’s proposal, run pitch days and decide, where you may."),
}

__all__ = ["SCOPES", "days", "deciding", "proposing", "router", "running"]
