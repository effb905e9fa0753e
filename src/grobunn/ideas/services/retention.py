"""The end of personal data in ideas, as the README promises."""

from datetime import timedelta

from django.db.models import Q
from django_scopes import scopes_disabled

from grobunn.ideas.models import Contact, Idea, Photo, RoutingProposal
from grobunn.ideas.queries.proposals import PROPOSAL_KEPT
from grobunn.ideas.states import IdeaState
from grobunn.kernel import clock
from grobunn.kernel.orphans import remove_orphans

KEEP_ADDRESS_DAYS = 365
# As long as somebody may still have the page with "Undo" open.
THROWN_AWAY_KEPT = timedelta(days=1)


def forget_addresses() -> int:
    """Remove writers' addresses from ideas that have been finished for a year. Returns: how many ideas."""
    finished = (IdeaState.DECLINED, IdeaState.SOLVED, IdeaState.MERGED, IdeaState.STARTED, IdeaState.WITHDRAWN)
    before = clock.now() - timedelta(days=KEEP_ADDRESS_DAYS)
    with scopes_disabled():
        old = Idea.objects.filter(contact=Contact.EMAIL, state__in=finished, state_since__lt=before)
        return old.update(contact=Contact.RECEIPT, writer_email="")


def forget_proposals() -> int:
    """Remove changes of the routing that nobody has touched for PROPOSAL_KEPT, or thrown away a day ago.

    Returns: how many. Effects: rows.
    """
    now = clock.now()
    ended = Q(changed_at__lt=now - PROPOSAL_KEPT) | Q(thrown_away_at__lt=now - THROWN_AWAY_KEPT)
    with scopes_disabled():
        deleted, _ = RoutingProposal.objects.filter(ended).delete()
    return deleted


def remove_orphaned_photos() -> int:
    """Remove the files of photos whose idea was not kept after all: refused by the database, or cut short by a crash.

    Returns: how many files.
    Effects: files.
    """
    return remove_orphans(Photo._meta.get_field("file"))
