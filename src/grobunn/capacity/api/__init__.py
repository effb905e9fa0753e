"""Capacity in the API: the same services and the same reads as the pages."""

from django.utils.translation import gettext_lazy as _

from grobunn.capacity.api import refusals, resources
from grobunn.capacity.api.router import router

SCOPES = {
    "capacity:read": _("Read how much capacity there is, and how much of it is reserved."),
    "capacity:write": _("Declare and raise capacity."),
}

__all__ = ["SCOPES", "refusals", "resources", "router"]
