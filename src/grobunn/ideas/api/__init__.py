"""Ideas in the API: the same services and the same reads as the pages."""

from django.utils.translation import gettext_lazy as _

from grobunn.ideas.api import intake, reading, steps
from grobunn.ideas.api.router import router

SCOPES = {
    "ideas:read": _("Read ideas, threads and what is similar."),
    "ideas:write": _("Send ideas and take steps with them."),
}

__all__ = ["SCOPES", "intake", "reading", "router", "steps"]
