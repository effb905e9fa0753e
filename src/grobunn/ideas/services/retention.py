"""The end of personal data in ideas, as the README promises."""

from datetime import timedelta

from django_scopes import scopes_disabled

from grobunn.ideas.models import Contact, Idea
from grobunn.ideas.states import IdeaState
from grobunn.kernel import clock

KEEP_ADDRESS_DAYS = 365


def forget_addresses() -> int:
    """Remove writers' addresses from ideas that have been finished for a year. Returns: how many ideas."""
    finished = (IdeaState.DECLINED, IdeaState.SOLVED, IdeaState.MERGED, IdeaState.STARTED, IdeaState.WITHDRAWN)
    before = clock.now() - timedelta(days=KEEP_ADDRESS_DAYS)
    with scopes_disabled():
        old = Idea.objects.filter(contact=Contact.EMAIL, state__in=finished, state_since__lt=before)
        return old.update(contact=Contact.RECEIPT, writer_email="")
