"""The end of personal data in ideas, as the README promises."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Q
from django_scopes import scopes_disabled

from grobunn.ideas.models import Contact, Idea, Photo, RoutingProposal
from grobunn.ideas.queries.proposals import PROPOSAL_KEPT
from grobunn.ideas.states import IdeaState
from grobunn.kernel import clock

KEEP_ADDRESS_DAYS = 365
# As long as somebody may still have the page with "Undo" open.
THROWN_AWAY_KEPT = timedelta(days=1)
# A photo is written while its idea is taken in; by the next day either both are there or neither should be.
ORPHANED_AFTER = timedelta(days=1)


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

    Looks at the folders of this month and the last one: the job runs every night.
    Returns: how many files.
    Effects: files.
    """
    storage = Photo._meta.get_field("file").storage
    removed = 0
    for folder in _folders_of_late():
        old = [name for name in _files_in(folder) if clock.now() - storage.get_modified_time(name) > ORPHANED_AFTER]
        with scopes_disabled():
            kept = set(Photo.objects.filter(file__in=old).values_list("file", flat=True))
        for name in old:
            if name not in kept:
                storage.delete(name)
                removed += 1
    return removed


def _folders_of_late() -> list[str]:
    """The folders that photos of this month and the last are written to, as the model names them."""
    today = clock.today()
    months: tuple[date, ...] = (today, today.replace(day=1) - timedelta(days=1))
    upload_to = str(Photo._meta.get_field("file").upload_to)
    return [month.strftime(upload_to) for month in months]


def _files_in(folder: str) -> Iterator[str]:
    try:
        _folders, names = Photo._meta.get_field("file").storage.listdir(folder)
    except FileNotFoundError:  # No photo came that month.
        return
    yield from (f"{folder}{name}" for name in names)
