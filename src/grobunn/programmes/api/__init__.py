"""Programmes in the API: the same services and the same reads as the pages."""

from django.utils.translation import gettext_lazy as _

from grobunn.programmes.api import attending, enrolling, gatherings, here, making, proving, reading, teams, working
from grobunn.programmes.api.router import router

SCOPES = {
    "programmes:read": _("Read programmes and cohorts, and who takes part where you may."),
    "programmes:write": _("Answer invitations, work with your team, mark attendance, and run programmes."),
}

__all__ = [
    "SCOPES",
    "attending",
    "enrolling",
    "gatherings",
    "here",
    "making",
    "proving",
    "reading",
    "router",
    "teams",
    "working",
]
