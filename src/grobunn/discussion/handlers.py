"""What discussion does when something happened elsewhere."""

from django_scopes import scopes_disabled

from grobunn.accounts.events import UserDeleted
from grobunn.discussion.models import Comment, ShownAs
from grobunn.kernel import events


@events.subscribe(UserDeleted)
def forget_deleted_writers(event: UserDeleted) -> None:
    """Take the roles off the comments of people who are gone: a role in a small unit is as good as a name.

    The comments themselves stay, by "a former user": others have answered them. Their author is already null.
    """
    with scopes_disabled():
        Comment.objects.filter(author__isnull=True).exclude(role="").update(shown_as=ShownAs.NAME, role="", unit=None)
