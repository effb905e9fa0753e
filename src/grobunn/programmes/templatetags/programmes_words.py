"""Words of programmes in templates."""

from datetime import date
from typing import Any

from django import template
from django.utils.formats import number_format

from grobunn.programmes import words
from grobunn.programmes.diplomas import written_number
from grobunn.programmes.models import Facilitator
from grobunn.programmes.queries.gatherings import Whole
from grobunn.programmes.states import CohortState, EnrolmentState
from grobunn.ui import dates

register = template.Library()

_COHORT_COLORS = {
    CohortState.PLANNED: "neutral",
    CohortState.OPEN: "info",
    CohortState.RUNNING: "info",
    CohortState.FINISHED: "success",
    CohortState.CANCELLED: "warning",
}
_ENROLMENT_COLORS = {
    EnrolmentState.INVITED: "info",
    EnrolmentState.WAITING: "warning",
    EnrolmentState.ENROLLED: "success",
    EnrolmentState.COMPLETED: "success",
}


@register.simple_tag
def cohort_color(state: str) -> str:
    """The colour of a cohort's state; the word stands beside it."""
    return _COHORT_COLORS[CohortState(state)]


@register.simple_tag
def enrolment_color(state: str) -> str:
    """The colour of the state of a place; the word stands beside it."""
    return _ENROLMENT_COLORS.get(EnrolmentState(state), "neutral")


@register.filter
def when(whole: Whole) -> str:
    """The days of a gathering, in as few words as say it."""
    return words.when([day.on for day in whole.days])


@register.simple_tag
def span(first: date, last: date) -> str:
    """From one day to another."""
    return words.span(first, last)


@register.filter
def weekday(day: date) -> str:
    """A day with the name of its weekday."""
    return words.weekday(day)


@register.filter
def diploma_number(number: str) -> str:
    """The number of a diploma as it is written."""
    return written_number(number)


@register.filter
def mean(value: float) -> str:
    """A mean with one decimal."""
    return number_format(value, 1)


@register.filter
def led_by(facilitators: list[Facilitator]) -> str:
    """Who leads a gathering, by name."""
    return ", ".join(each.user.name if each.user else each.name for each in facilitators)


@register.filter
def field_of(form: Any, name: str) -> Any:
    """A field of a form by its name."""
    return form[name]


@register.simple_tag
def iso_day(on: str) -> str:
    """A day of a notice, which carries it as ISO text."""
    return dates.day(date.fromisoformat(on))


@register.simple_tag
def iso_span(first: str, last: str) -> str:
    """Days of a notice, from one to another."""
    return words.span(date.fromisoformat(first), date.fromisoformat(last))


@register.simple_tag
def iso_days(days: list[str]) -> str:
    """The days of a gathering in a notice."""
    return words.when([date.fromisoformat(on) for on in days])
