"""Cases in the API: the same services and the same reads as the pages."""

from django.utils.translation import gettext_lazy as _

from grobunn.cases.api import adoptions, catalog, reading
from grobunn.cases.api.router import router

SCOPES = {
    "cases:read": _("Read examples and who has taken them into use."),
    "cases:write": _("Take examples into use on behalf of one's municipality."),
}

__all__ = ["SCOPES", "adoptions", "catalog", "reading", "router"]
