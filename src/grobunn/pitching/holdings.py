"""What pitch days hold about a person, for the person's own page and export."""

from typing import Any

from django_scopes import scopes_disabled

from grobunn.accounts.models import User
from grobunn.kernel.models import StateChange
from grobunn.pitching.models import PitchDay, Proposal
from grobunn.pitching.states import DAY_MACHINE, SLOT_MACHINE


def held_about(user: User) -> dict[str, Any]:
    """Proposals that name somebody as owner, days that they made, and the steps that they took there."""
    with scopes_disabled():
        owned = Proposal.objects.filter(owner=user).select_related("slot__day").order_by("id")
        made = PitchDay.objects.filter(made_by=user).order_by("made_at")
        steps = StateChange.objects.filter(machine__in=(DAY_MACHINE.name, SLOT_MACHINE.name), actor_id=user.pk)
        return {
            "named_as_owner": [{"pitch_day": each.slot.day.name, "title": each.title} for each in owned],
            "made": list(made.values_list("name", flat=True)),
            "steps": [
                {"at": row.at.isoformat(), "step": row.edge, "reason": row.reason} for row in steps.order_by("id")
            ],
        }
