"""Programmes in the API: the same reads as the pages."""

from django.utils.translation import gettext_lazy as _

from grobunn.programmes.api import reading
from grobunn.programmes.api.router import router

SCOPES = {"programmes:read": _("Read programmes and cohorts, and who takes part where you may.")}

__all__ = ["SCOPES", "reading", "router"]
