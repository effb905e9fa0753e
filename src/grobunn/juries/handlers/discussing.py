"""Who hears what is said of an entry: whoever may open it, and talks about it, follows it, is behind it or leads."""

from uuid import UUID

from django_scopes import scope

from grobunn.accounts.models import User
from grobunn.discussion.events import CommentAdded
from grobunn.discussion.models import Comment
from grobunn.discussion.queries import comments_of, followers_of
from grobunn.juries.discussed import KIND
from grobunn.juries.events import StandingChanged
from grobunn.juries.models import Conflict, Entry, Member, Party
from grobunn.juries.models.impartiality import ConflictState
from grobunn.juries.notices.discussing import take_back, tell_of_comment
from grobunn.juries.states import PanelPart
from grobunn.kernel import permissions
from grobunn.kernel.events import subscribe


@subscribe(CommentAdded)
def tell_circle_of_comment(event: CommentAdded) -> None:
    """The chair, those who have said something, those who follow and those behind the entry; not who wrote it.

    Each is asked once more whether they may open the entry: whoever is disqualified, or is being assessed, hears
    nothing, and neither does a team that may not read what its panel says.
    """
    if event.kind != KIND:
        return
    with scope(municipality=event.municipality_id):
        entry = Entry.objects.judged().filter(pk=event.subject_id).select_related("panel__municipality").first()
        is_there = Comment.objects.filter(pk=event.comment_id, removed_at=None).exists()
        if entry is None or not is_there:
            return
        for receiver in _circle(entry):
            if receiver.pk != event.author_id and permissions.is_allowed("juries.open", receiver, entry):
                tell_of_comment(receiver, entry, comment_id=event.comment_id)


@subscribe(StandingChanged)
def take_back_from_barred(event: StandingChanged) -> None:
    """Whoever may not judge an entry any more hears no more of what was said of it, not in the daily mail either."""
    with scope(municipality=event.municipality_id):
        member = Member.objects.select_related("user").filter(pk=event.member_id).first()
        if member is None or member.user is None:
            return
        barring = Conflict.objects.filter(member=member).exclude(state=ConflictState.DISMISSED)
        for entry_id in barring.values_list("entry_id", flat=True).distinct():
            take_back(member.user, entry_id)


def _circle(entry: Entry) -> list[User]:
    """Whoever has to do with the talk of an entry and can be told, in a fixed order; may hold who may not read it."""
    said = comments_of(KIND, entry.pk).filter(is_waiting=False, removed_at=None)
    ids: set[UUID | None] = set(said.values_list("author_id", flat=True))
    ids |= set(followers_of(KIND, entry.pk).values_list("pk", flat=True))
    ids |= set(Party.objects.filter(entry=entry).values_list("user_id", flat=True))
    chairs = Member.objects.present().filter(panel=entry.panel, part=PanelPart.CHAIR)
    ids |= set(chairs.values_list("user_id", flat=True))
    found = User.objects.filter(pk__in=[each for each in ids if each is not None], is_active=True, is_service=False)
    return list(found.order_by("pk"))
