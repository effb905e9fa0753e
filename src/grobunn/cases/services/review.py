"""Whether a case still holds: its owner is asked on the day, and once a month until somebody answers."""

from datetime import timedelta

from django.db.models import Q
from django_scopes import scope, scopes_disabled

from grobunn.cases.events import CaseReviewDue
from grobunn.cases.models import Case
from grobunn.cases.states import CaseState
from grobunn.kernel import clock, events

REMINDED_EVERY = timedelta(days=30)


def remind_of_reviews() -> int:
    """Ask about every published case whose day has come, unless that was done lately.

    Returns: how many. Effects: rows (each claimed once), CaseReviewDue.
    """
    now = clock.now()
    not_lately = Q(review_reminded_at=None) | Q(review_reminded_at__lte=now - REMINDED_EVERY)
    is_due = Q(state=CaseState.PUBLISHED, review_due_on__lte=clock.today()) & not_lately
    with scopes_disabled():
        due = list(Case.objects.filter(is_due).order_by("review_due_on", "id").values_list("pk", "municipality_id"))
    reminded = 0
    for case_id, municipality_id in due:
        with scope(municipality=municipality_id):
            if Case.objects.filter(is_due, pk=case_id).update(review_reminded_at=now):
                events.publish(CaseReviewDue(case_id=case_id, municipality_id=municipality_id))
                reminded += 1
    return reminded
