"""Whether the work is as far as gates ask for."""

from django_scopes import scopes_disabled

from grobunn.initiatives.models import Initiative, Milestone, Risk
from grobunn.kernel import clock


def has_milestone_in_time(initiative: Initiative) -> bool:
    """Whether it has milestones, and none is overdue. One SQL."""
    with scopes_disabled():
        days = Milestone.objects.filter(initiative=initiative).values_list("due_on", "reached_on")
        return bool(days) and all(reached or due >= clock.today() for due, reached in days)


def has_risks_in_hand(initiative: Initiative) -> bool:
    """Whether somebody has named a risk, and every open one says what is done about it. One SQL."""
    with scopes_disabled():
        measures = Risk.objects.filter(initiative=initiative).values_list("measure", "closed_at")
        return bool(measures) and all(measure or closed for measure, closed in measures)
