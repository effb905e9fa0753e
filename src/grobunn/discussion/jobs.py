"""Background work of discussion."""

from django_scopes import scopes_disabled

from grobunn.discussion.services.comments import erase_removed_comments
from grobunn.kernel.jobs import job


@job("discussion.erase_removed", every="*/10 * * * *")
def erase_removed(*, timestamp: int) -> None:
    """Erase the texts of comments whose removal can no longer be undone."""
    with scopes_disabled():
        erase_removed_comments()
