"""Pitch days as the API shows them: to each caller what the pages show."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest

from grobunn.capacity.queries.room import Line
from grobunn.kernel import permissions
from grobunn.pitching.addresses import day_page, watch_page
from grobunn.pitching.models import PitchDay
from grobunn.pitching.queries.days import on_stage, slots_of
from grobunn.pitching.queries.decisions import Standing
from grobunn.pitching.queries.proposals import Asked, asked_of, may_read
from grobunn.pitching.queries.timer import timer_of

_DAY = (
    "id",
    "slug",
    "name",
    "state",
    "on",
    "starts",
    "place",
    "video_url",
    "pitch_minutes",
    "question_minutes",
    "takes_questions",
    "version",
    "is_synthetic",
)


def day_shown(request: HttpRequest, day: PitchDay) -> dict[str, Any]:
    """A day in a list."""
    return {
        **{name: getattr(day, name) for name in _DAY},
        "cohort": day.cohort_id,
        "panel": day.panel.reference if day.panel else None,
        "url": request.build_absolute_uri(day_page(day)),
    }


def whole_day(request: HttpRequest, day: PitchDay) -> dict[str, Any]:
    """A day with its order, who is on stage, and the clock."""
    slots = slots_of(day)
    present = on_stage(slots)
    timer = timer_of(day, present)
    runs = permissions.is_allowed("pitching.run", request.user, day)
    return {
        **day_shown(request, day),
        "order": [
            {
                "id": each.slot.pk,
                "position": each.slot.position,
                "team": each.slot.team.name,
                "team_id": each.slot.team_id,
                "entry": each.slot.entry_id,
                "state": each.slot.state,
                "has_proposal": each.proposal is not None if may_read(request.user, each.slot) else None,
            }
            for each in asked_of(slots)
        ],
        "clock": None
        if present is None or timer is None
        else {
            "slot": present.pk,
            "left_seconds": timer.left,
            "total_seconds": timer.total,
            "is_running": timer.is_running,
        },
        "watch_url": request.build_absolute_uri(watch_page(day)) if runs else None,
    }


def proposal_shown(asked: Asked) -> dict[str, Any]:
    """What a team asks for, and what lacks."""
    its = asked.proposal
    texts = ("title", "summary", "hypothesis", "milestone", "method")
    return {
        "version": its.version if its else None,
        **{name: getattr(its, name) if its else "" for name in texts},
        "unit": its.unit.slug if its and its.unit else None,
        "owner": its.owner.name if its and its.owner else None,
        "owner_role": (its.owner_role or None) if its else None,
        "milestone_due_on": its.milestone_due_on if its else None,
        "need": lines_shown(asked.lines),
        "missing": asked.missing,
    }


def lines_shown(lines: Sequence[Line]) -> list[dict[str, Any]]:
    """Capacity by source and quarter."""
    return [
        {"source": line.source.pk, "name": line.source.name, "quarter": line.quarter.code, "amount": line.amount}
        for line in lines
    ]


def standing_shown(each: Standing) -> dict[str, Any]:
    """A team and what was decided; of one that is kept from the reader, that it is."""
    slot, outcome, proposal = each.slot, each.outcome, each.asked.proposal
    begun = proposal if proposal is not None and outcome is not None and outcome.is_yes else None
    return {
        "slot": slot.pk,
        "position": slot.position,
        "team": slot.team.name,
        "state": slot.state,
        "is_kept": each.is_kept,
        "outcome": outcome.code if outcome else None,
        "reasons": slot.entry.reasons if outcome and slot.entry else None,
        "initiative": begun.initiative.reference if begun and begun.initiative else None,
        "owner": begun.owner.name if begun and begun.owner else None,
        "milestone": begun.milestone if begun else None,
        "milestone_due_on": begun.milestone_due_on if begun else None,
        "need": lines_shown(each.asked.lines) if begun else [],
    }
