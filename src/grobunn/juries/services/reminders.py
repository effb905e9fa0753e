"""What the calendar does about scores: a reminder the day before they are due, one when they are late, else silence."""

from datetime import timedelta

from django_scopes import scope, scopes_disabled

from grobunn.juries.models import Panel
from grobunn.juries.notices.scoring import tell_due
from grobunn.juries.queries.progress import progress_of_members
from grobunn.juries.states import PanelState
from grobunn.kernel import clock

_BEFORE = timedelta(days=1)
# Whoever has not answered two reminders is asked by a person, not by a machine.
_GIVE_UP_AFTER = timedelta(days=3)


def remind_of_scores() -> int:
    """Remind everybody who has something left to score on a panel whose time is near or out; each once.

    Returns: how many were reminded or had been.
    Effects: notices, each with a key; safe to run at any time and side by side. A time that is moved reminds anew.
    """
    now = clock.now()
    with scopes_disabled():
        due = Panel.objects.filter(
            state=PanelState.SCORING,
            is_pairwise=False,
            scores_due_at__lte=now + _BEFORE,
            scores_due_at__gt=now - _GIVE_UP_AFTER,
        )
        panels = list(due.select_related("municipality").order_by("scores_due_at", "pk"))
    count = 0
    for panel in panels:
        with scope(municipality=panel.municipality_id):
            for each in progress_of_members(panel, None):
                if not each.progress.is_done:
                    tell_due(panel, each, is_late=panel.scores_due_at is not None and panel.scores_due_at <= now)
                    count += 1
    return count
