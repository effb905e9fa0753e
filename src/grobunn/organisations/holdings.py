"""What organisations hold about a person, for the page and the export."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django_scopes import scopes_disabled

from grobunn.accounts import privacy
from grobunn.accounts.models import User
from grobunn.organisations.models import Absence, RoleAssignment


def register() -> None:
    """Tell what organisations hold."""
    privacy.register(
        "organisations",
        export,
        label=_("Your roles and absences"),
        purpose=_(
            "So that everybody knows who answers, and who stands in. Absences are kept for 90 days after the last day."
        ),
    )


def export(user: User) -> dict[str, Any]:
    """The roles that somebody has had, and the absences that are still kept."""
    with scopes_disabled():
        roles = RoleAssignment.objects.filter(user=user).select_related("unit", "municipality").order_by("from_on")
        absences = Absence.objects.filter(user=user).select_related("municipality").order_by("from_on")
        return {
            "roles": [
                {
                    "municipality": each.municipality.name,
                    "unit": each.unit.name,
                    "role": each.role,
                    "from": each.from_on.isoformat(),
                    "to": each.to_on.isoformat() if each.to_on else None,
                }
                for each in roles
            ],
            "absences": [
                {
                    "municipality": each.municipality.name,
                    "from": each.from_on.isoformat(),
                    "to": each.to_on.isoformat(),
                    "has_stand_in": each.stand_in_id is not None,
                }
                for each in absences
            ],
        }
