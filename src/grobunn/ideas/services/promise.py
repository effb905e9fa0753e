"""The answer promise: dates in working days, and what happens to them when the clock stands still."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from grobunn.ideas.models import Idea
from grobunn.organisations.calendar import add_working_days, working_days_between
from grobunn.organisations.models import Municipality


@dataclass(frozen=True)
class Promise:
    """By when an idea is answered, and when somebody is nudged."""

    answer_due_on: date
    remind_on: date
    escalate_on: date

    def as_fields(self) -> dict[str, Any]:
        """The promise as fields of an idea, with everything that an earlier promise set wiped."""
        return {
            "answer_due_on": self.answer_due_on,
            "remind_on": self.remind_on,
            "escalate_on": self.escalate_on,
            "clock_paused_on": None,
            "reminded_at": None,
            "writer_told_late_at": None,
            "escalated_at": None,
            "escalated_to_id": None,
        }


def new_promise(municipality: Municipality, *, on: date) -> Promise:
    """The promise of an idea that comes in on a day, in the municipality's own numbers of working days."""
    due_on = add_working_days(on, municipality.answer_days)
    return Promise(
        answer_due_on=due_on,
        remind_on=add_working_days(on, municipality.reminder_days),
        escalate_on=add_working_days(due_on, municipality.escalation_days),
    )


def resumed(idea: Idea, *, on: date) -> dict[str, Any]:
    """Fields of an idea whose clock runs again: each date moves by the working days that it stood still.

    Takes: idea with `clock_paused_on` set; on, the day of the writer's answer.
    """
    if idea.clock_paused_on is None:
        return {}
    days = working_days_between(idea.clock_paused_on, on)
    fields: dict[str, Any] = {"clock_paused_on": None}
    for name in ("answer_due_on", "remind_on", "escalate_on"):
        value = getattr(idea, name)
        fields[name] = None if value is None else add_working_days(value, days)
    return fields
