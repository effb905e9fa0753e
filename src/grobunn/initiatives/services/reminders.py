"""What the calendar does about reports: a reminder on the day, two notices if none comes, silence if one does."""

from collections.abc import Callable

from django.db import transaction
from django.db.models import Q
from django_scopes import scope, scopes_disabled

from grobunn.initiatives.events import ReportDue, ReportMissing, ReportNudge, ReportOverdue
from grobunn.initiatives.models import Initiative
from grobunn.initiatives.states import InitiativeState
from grobunn.kernel import clock, events
from grobunn.organisations.calendar import working_days_between

# Working days after the day of the report: the owner is told, then the leader above.
OVERDUE_AFTER, LEADER_AFTER = 3, 8


def remind_of_reports() -> int:
    """Nudge about reports that are due: the owner on the day and some days after, then the leader above, each once.

    Returns: how many nudges were given.
    Effects: rows, events; safe to run at any time and side by side.
    """
    return (
        _each(Q(report_reminded_at=None), ReportDue, mark="report_reminded_at", days=0)
        + _each(Q(report_missed_at=None), ReportOverdue, mark="report_missed_at", days=OVERDUE_AFTER)
        + _each(Q(report_escalated_at=None), ReportMissing, mark="report_escalated_at", days=LEADER_AFTER)
    )


def _each(condition: Q, nudge: Callable[..., ReportNudge], *, mark: str, days: int) -> int:
    """Give a nudge for every report that was due so many working days ago."""
    today = clock.today()
    with scopes_disabled():
        due = Initiative.objects.filter(condition, state=InitiativeState.UNDERWAY, report_due_on__lte=today)
        initiatives = list(due.order_by("report_due_on", "id").only("municipality_id", "report_due_on"))
    count = 0
    for initiative in initiatives:
        if initiative.report_due_on is None or working_days_between(initiative.report_due_on, today) < days:
            continue
        with scope(municipality=initiative.municipality_id), transaction.atomic():
            # Another worker may have been first, or the report may have come meanwhile.
            unmarked = Initiative.objects.filter(
                condition, pk=initiative.pk, state=InitiativeState.UNDERWAY, report_due_on=initiative.report_due_on
            )
            if unmarked.update(**{mark: clock.now()}):
                events.publish(
                    nudge(
                        initiative_id=initiative.pk,
                        municipality_id=initiative.municipality_id,
                        due_on=initiative.report_due_on,
                    )
                )
                count += 1
    return count
