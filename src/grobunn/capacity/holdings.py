"""What capacity holds about a person, for the person's own page and export."""

from typing import Any

from django_scopes import scopes_disabled

from grobunn.accounts.models import User
from grobunn.capacity.models import Declared, HoursUsed
from grobunn.capacity.quarters import Quarter


def held_about(user: User) -> dict[str, Any]:
    """Hours that somebody told, and what they declared or raised, as JSON carries them."""
    with scopes_disabled():
        hours = HoursUsed.objects.filter(helper=user).order_by("-week_on", "id")
        declared = Declared.objects.filter(by=user).select_related("source").order_by("-at", "-id")
        return {
            "hours": [
                {"week_on": each.week_on.isoformat(), "kind": each.kind, "hours": str(each.hours)} for each in hours
            ],
            "declared": [
                {
                    "source": each.source.name,
                    "quarter": Quarter.of(each.quarter_on).code,
                    "amount": str(each.after),
                    "reason": each.reason,
                    "at": each.at.isoformat(),
                }
                for each in declared
            ],
        }
