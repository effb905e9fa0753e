"""What is not kept: questions after the day, and who was named as owner a year after it."""

from datetime import timedelta

from django_scopes import scopes_disabled

from grobunn.kernel import clock
from grobunn.pitching.models import Proposal, Question

_OWNERS_DAYS = 365


def forget_questions() -> int:
    """Remove the questions of days that are over. Returns: how many."""
    with scopes_disabled():
        return Question.objects.filter(slot__day__on__lt=clock.today()).delete()[0]


def forget_owners() -> int:
    """Take the person out of proposals of long ago; the role and the unit stay. Returns: how many."""
    before = clock.today() - timedelta(days=_OWNERS_DAYS)
    with scopes_disabled():
        return Proposal.objects.filter(slot__day__on__lt=before, owner__isnull=False).update(owner=None)
