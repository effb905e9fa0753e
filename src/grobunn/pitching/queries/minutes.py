"""What a day adds to its panel's protocol, and who sat on the panel."""

from typing import Any

from django_scopes import scope

from grobunn.juries.models import Member, Panel
from grobunn.juries.occasions import occasion_of
from grobunn.pitching.models import PitchDay, Slot
from grobunn.pitching.queries.days import slots_of
from grobunn.pitching.queries.proposals import Asked, asked_of


def day_of_panel(panel: Panel) -> PitchDay | None:
    """The day that a panel was made for."""
    with scope(municipality=panel.municipality_id):
        return PitchDay.objects.filter(panel=panel).select_related("municipality", "cohort__programme").first()


def panel_in_words(day: PitchDay) -> list[str]:
    """Who sits on the panel, with title and part."""
    if day.panel is None:
        return []
    with scope(municipality=day.municipality_id):
        members = list(Member.objects.present().filter(panel=day.panel).select_related("user").order_by("joined_at"))
    return [
        ", ".join(
            part for part in (each.user.name if each.user else "", each.title, each.get_part_display().lower()) if part
        )
        for each in members
    ]


def protocol_part(panel: Panel) -> dict[str, Any]:
    """The order of the day with every decision's owner, milestone and capacity, for the panel's protocol."""
    day = day_of_panel(panel)
    if day is None:
        return {}
    day.panel = panel
    return {
        "day": day.name,
        "on": day.on.isoformat(),
        "order": [_row(each, panel) for each in asked_of(slots_of(day))],
    }


def _row(asked: Asked, panel: Panel) -> dict[str, Any]:
    slot: Slot = asked.slot
    proposal = asked.proposal
    is_decided = slot.entry is not None and slot.decided_at is not None
    outcome = occasion_of(panel).outcome(slot.entry.outcome) if slot.entry is not None and is_decided else None
    row: dict[str, Any] = {
        "position": slot.position,
        "team": slot.team.name,
        "state": slot.state,
        "outcome": outcome.code if outcome else "",
    }
    if proposal is None or outcome is None or not outcome.is_yes:
        return row
    return row | {
        "initiative": proposal.initiative.reference if proposal.initiative else "",
        "owner": proposal.owner.name if proposal.owner else "",
        "milestone": proposal.milestone,
        "milestone_due_on": proposal.milestone_due_on.isoformat() if proposal.milestone_due_on else "",
        "capacity": [
            {"source": line.source.name, "quarter": line.quarter.code, "amount": str(line.amount)}
            for line in asked.lines
        ],
    }
