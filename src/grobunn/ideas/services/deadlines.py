"""What the calendar does to ideas: reminders, missed promises, escalation, waking."""

from collections.abc import Callable

from django.db import transaction
from django.db.models import Q, QuerySet
from django_scopes import scope, scopes_disabled

from grobunn.ideas.events import DeadlineMissed, DeadlineNeared, IdeaEscalated
from grobunn.ideas.models import Idea
from grobunn.ideas.services.answer import wake
from grobunn.ideas.states import AWAITING_ANSWER, IdeaState
from grobunn.kernel import clock, events
from grobunn.kernel.statemachine import SomebodyWasFirst
from grobunn.organisations.models import Role
from grobunn.organisations.queries import next_leader


def keep_promises() -> int:
    """Remind holders, tell writers of missed dates, escalate to the next leader: each once per promise.

    Returns: how many nudges were given.
    Effects: rows, events; safe to run at any time and side by side.
    """
    today = clock.today()
    return (
        _each(Q(remind_on__lte=today, answer_due_on__gte=today, reminded_at=None), _remind)
        + _each(Q(answer_due_on__lt=today, writer_told_late_at=None), _tell_late)
        + _each(Q(escalate_on__lte=today, answer_due_on__lt=today, escalated_at=None), _escalate)
    )


def wake_parked() -> int:
    """Bring back parked ideas whose day has come. Returns: how many."""
    with scopes_disabled():
        due = Idea.objects.filter(state=IdeaState.PARKED, parked_until__lte=clock.today())
        ideas = list(due.select_related("municipality").order_by("parked_until", "id"))
    woken = 0
    for idea in ideas:
        with scope(municipality=idea.municipality_id):
            try:
                wake(idea)
            except SomebodyWasFirst:
                continue  # It was taken up by hand a moment ago: nothing is left to do.
            woken += 1
    return woken


def _each(condition: Q, nudge: Callable[[Idea], bool]) -> int:
    with scopes_disabled():
        due = Idea.objects.filter(condition, state__in=AWAITING_ANSWER).select_related("municipality", "holder_unit")
        ideas = list(due.order_by("answer_due_on", "id"))
    count = 0
    for idea in ideas:
        with scope(municipality=idea.municipality_id), transaction.atomic():
            count += nudge(idea)
    return count


def _claim(idea: Idea, mark: str, **fields: object) -> bool:
    """Mark a nudge as given; False if another worker did, or if the idea moved meanwhile."""
    unmarked: QuerySet[Idea] = Idea.objects.filter(pk=idea.pk, version=idea.version, **{mark: None})
    return bool(unmarked.update(**{mark: clock.now()}, **fields))


def _remind(idea: Idea) -> bool:
    if not _claim(idea, "reminded_at"):
        return False
    events.publish(DeadlineNeared(idea_id=idea.pk, municipality_id=idea.municipality_id))
    return True


def _tell_late(idea: Idea) -> bool:
    if not _claim(idea, "writer_told_late_at"):
        return False
    events.publish(DeadlineMissed(idea_id=idea.pk, municipality_id=idea.municipality_id))
    return True


def _escalate(idea: Idea) -> bool:
    leader = next_leader(idea.holder_unit, Role(idea.holder_role), municipality=idea.municipality)
    if not _claim(idea, "escalated_at", escalated_to_id=leader.user.pk if leader.user else None):
        return False
    events.publish(IdeaEscalated(idea_id=idea.pk, municipality_id=idea.municipality_id))
    return True
