"""What stories do when something has happened: tell people, and let search know."""

from django_scopes import scope

from grobunn.accounts.models import User
from grobunn.discussion.events import CommentAdded, CommentHeld
from grobunn.kernel import events
from grobunn.kernel.models import StateChange
from grobunn.search.services import index
from grobunn.stories import notices
from grobunn.stories.events import (
    AuthorNamed,
    StoryHandedIn,
    StoryMoved,
    StoryPublished,
    StorySentBack,
    StoryWithdrawn,
    SubscriptionAsked,
)
from grobunn.stories.models import Story, Subscription


@events.subscribe(StoryPublished, StoryWithdrawn)
def index_story(event: StoryMoved) -> None:
    """Search finds what is out, and nothing else."""
    index("story", event.story_id)


@events.subscribe(StoryHandedIn)
def tell_editors(event: StoryHandedIn) -> None:
    """The editors hear that a story is ready."""
    with scope(municipality=event.municipality_id):
        story = _story(event)
        change = StateChange.objects.filter(pk=event.change_id).first()
        if story is not None and change is not None:
            notices.tell_editors(story, about=change.pk, but=change.actor_id)


@events.subscribe(StorySentBack)
def tell_authors(event: StorySentBack) -> None:
    """The authors hear what the editor wants changed."""
    with scope(municipality=event.municipality_id):
        story = _story(event)
        change = StateChange.objects.filter(pk=event.change_id).first()
        if story is not None and change is not None:
            notices.tell_authors_of_answer(story, change=change)


@events.subscribe(AuthorNamed)
def tell_named(event: AuthorNamed) -> None:
    """Whoever was named hears of it, and decides whether to be shown."""
    with scope(municipality=event.municipality_id):
        story = _story(event)
        user = User.objects.filter(pk=event.user_id).first()
        if story is not None and user is not None:
            notices.tell_named(story, user, about=event.id)


@events.subscribe(CommentAdded)
def tell_of_comment(event: CommentAdded) -> None:
    """Authors and followers hear of a comment that everybody can read."""
    if event.kind != "story":
        return
    with scope(municipality=event.municipality_id):
        story = Story.objects.filter(pk=event.subject_id).select_related("municipality").first()
        if story is not None:
            notices.tell_circle_of_comment(story, comment_id=event.comment_id, author_id=event.author_id)


@events.subscribe(CommentHeld)
def tell_of_waiting_comment(event: CommentHeld) -> None:
    """The editors hear of a comment that waits for them."""
    if event.kind != "story":
        return
    with scope(municipality=event.municipality_id):
        story = Story.objects.filter(pk=event.subject_id).select_related("municipality").first()
        if story is not None:
            notices.tell_editors_of_comment(story, comment_id=event.comment_id)


@events.subscribe(SubscriptionAsked)
def ask_to_confirm(event: SubscriptionAsked) -> None:
    """The address is asked whether its owner meant it."""
    with scope(municipality=event.municipality_id):
        asked = Subscription.objects.filter(pk=event.subscription_id, confirmed_at__isnull=True)
        subscription = asked.select_related("municipality").first()
        if subscription is not None:
            notices.tell_to_confirm(subscription)


def _story(event: StoryMoved | AuthorNamed) -> Story | None:
    return Story.objects.filter(pk=event.story_id).select_related("municipality").first()
