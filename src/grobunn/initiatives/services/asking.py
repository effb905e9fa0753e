"""What the calendar asks of owners: whether they take it over, and whether what is on hold goes on."""

from collections.abc import Callable
from datetime import date

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from grobunn.initiatives.events import OwnerReminded, OwnerSilent, PauseEnded
from grobunn.initiatives.models import Initiative
from grobunn.initiatives.states import UNFINISHED, InitiativeState
from grobunn.kernel import clock, events
from grobunn.organisations.calendar import working_days_between

# Working days from the question: who has not answered is reminded, then the leader above is told.
REMINDED_AFTER, TOLD_ABOVE_AFTER = 3, 6


def ask_owners_again() -> int:
    """Remind whoever was asked to own an initiative; then tell the leader above. Each once for a question.

    Returns: how many nudges were given.
    Effects: rows, OwnerReminded, OwnerSilent; safe to run at any time and side by side.
    """
    asked = Q(state__in=UNFINISHED, is_owner_asked=True, owner_asked_at__isnull=False)
    return _each(asked & Q(owner_reminded_at=None), _remind) + _each(asked & Q(owner_escalated_at=None), _tell_above)


def ask_whether_to_go_on() -> int:
    """Ask the owners of what was on hold until today, once for each day that was said.

    Returns: how many were asked.
    Effects: rows, PauseEnded.
    """
    today = clock.today()
    due = Q(state=InitiativeState.PAUSED, paused_until__lte=today)
    return _each(due & ~Q(asked_to_resume_on=F("paused_until")), _ask_to_resume)


def _each(condition: Q, nudge: Callable[[Initiative], bool]) -> int:
    with scopes_disabled():
        initiatives = list(Initiative.objects.filter(condition).order_by("id"))
    count = 0
    for initiative in initiatives:
        with transaction.atomic(), scope(municipality=initiative.municipality_id):
            count += nudge(initiative)
    return count


def _waited(initiative: Initiative) -> int:
    asked_at = initiative.owner_asked_at
    return working_days_between(timezone.localdate(asked_at), clock.today()) if asked_at else 0


def _remind(initiative: Initiative) -> bool:
    if _waited(initiative) < REMINDED_AFTER or not _claim(initiative, "owner_reminded_at", clock.now()):
        return False
    events.publish(OwnerReminded(initiative_id=initiative.pk, municipality_id=initiative.municipality_id))
    return True


def _tell_above(initiative: Initiative) -> bool:
    if _waited(initiative) < TOLD_ABOVE_AFTER or not _claim(initiative, "owner_escalated_at", clock.now()):
        return False
    events.publish(OwnerSilent(initiative_id=initiative.pk, municipality_id=initiative.municipality_id))
    return True


def _ask_to_resume(initiative: Initiative) -> bool:
    if not _claim(initiative, "asked_to_resume_on", initiative.paused_until):
        return False
    events.publish(PauseEnded(initiative_id=initiative.pk, municipality_id=initiative.municipality_id))
    return True


def _claim(initiative: Initiative, mark: str, value: object) -> bool:
    """Mark a nudge as given; False if another worker did, or if the initiative moved meanwhile."""
    before: object | date | None = getattr(initiative, mark)
    unmarked = Initiative.objects.filter(pk=initiative.pk, version=initiative.version, **{mark: before})
    return bool(unmarked.update(**{mark: value}))
