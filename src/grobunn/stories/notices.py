"""Who is told what about stories: the kinds of notice, their receivers, their keys."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from grobunn.accounts.models import User
from grobunn.discussion.queries import followers_of
from grobunn.kernel.models import StateChange
from grobunn.notifications.addresses import ContactPoint
from grobunn.notifications.kinds import Kind
from grobunn.notifications.services.notify import notify
from grobunn.stories.models import Story, Subscription
from grobunn.stories.queries.newsletter import confirmation_token
from grobunn.stories.queries.people import authors_of, editors_of

HANDED_IN = Kind(
    name="stories.handed_in",
    label=_("A story to publish"),
    description=_("When somebody hands in a story and you are an editor."),
    template="stories/notices/handed_in",
)
SENT_BACK = Kind(
    name="stories.sent_back",
    label=_("An editor's answer to your story"),
    description=_("When an editor asks you to change something in a story of yours."),
    template="stories/notices/sent_back",
)
NAMED = Kind(
    name="stories.named",
    label=_("You are named as an author"),
    description=_("When somebody names you as an author of a story. You decide whether you are shown."),
    template="stories/notices/named",
)
COMMENTED = Kind(
    name="stories.commented",
    label=_("A comment on a story"),
    description=_("When somebody comments on a story that you wrote or follow."),
    template="stories/notices/commented",
)
COMMENT_WAITS = Kind(
    name="stories.comment_waits",
    label=_("A comment that waits for you"),
    description=_("When somebody from outside the municipality comments on a story and you are an editor."),
    template="stories/notices/comment_waits",
)
CONFIRM = Kind(
    name="stories.confirm",
    label=_("Confirm the newsletter"),
    description=_("When somebody asks for the newsletter with your address."),
    template="stories/notices/confirm",
    is_chosen=False,
)
NEWS = Kind(
    name="stories.news",
    label=_("The newsletter"),
    description=_("When there are new stories, on Mondays."),
    why=_("You asked for the newsletter and confirmed your address."),
    template="stories/notices/news",
    stop_label=_("No more of this newsletter"),
    is_chosen=False,
)
KINDS = (HANDED_IN, SENT_BACK, NAMED, COMMENTED, COMMENT_WAITS, CONFIRM, NEWS)


def tell_editors(story: Story, *, about: UUID, but: UUID | None) -> None:
    """Tell the editors that a story is ready. Takes: about, what makes the notice unique; but, who did it."""
    _tell_all(HANDED_IN, editors_of(story.municipality_id), story, about=about, but=but, url=draft_address(story))


def tell_authors_of_answer(story: Story, *, change: StateChange) -> None:
    """Tell the authors what the editor wants changed."""
    authors = [author.user for author in authors_of(story)]
    _tell_all(
        SENT_BACK,
        authors,
        story,
        about=change.pk,
        but=change.actor_id,
        url=draft_address(story),
        words=change.reason,
    )


def tell_named(story: Story, user: User, *, about: UUID) -> None:
    """Tell somebody that they were named, and where they decide."""
    _tell_all(NAMED, [user], story, about=about, but=None, url=f"{draft_address(story)}forfattere/")


def tell_circle_of_comment(story: Story, *, comment_id: UUID, author_id: UUID | None) -> None:
    """Tell authors and followers of a comment. Its words stay on the page: a mail does not repeat what may go."""
    people = {author.user_id: author.user for author in authors_of(story)}
    people |= {user.pk: user for user in followers_of("story", story.pk)}
    url = f"{story_address(story)}#comment-{comment_id}"
    _tell_all(COMMENTED, people.values(), story, about=comment_id, but=author_id, url=url)


def tell_editors_of_comment(story: Story, *, comment_id: UUID) -> None:
    """Tell the editors of a comment that waits."""
    url = f"{story_address(story)}#comment-{comment_id}"
    _tell_all(COMMENT_WAITS, editors_of(story.municipality_id), story, about=comment_id, but=None, url=url)


def tell_to_confirm(subscription: Subscription) -> None:
    """Ask an address whether its owner asked for the newsletter."""
    where = {"municipality": subscription.municipality.slug, "token": confirmation_token(subscription)}
    notify(
        CONFIRM.name,
        to=_contact(subscription),
        municipality_id=subscription.municipality_id,
        thread_key=f"stories:confirm:{subscription.pk}",
        data={"municipality": subscription.municipality.name},
        url=reverse("stories:confirm_newsletter", kwargs=where),
        key=f"stories.confirm:{subscription.pk}:{int(subscription.asked_at.timestamp())}",
    )


def tell_news(subscription: Subscription, stories: Sequence[Story], *, until: datetime) -> None:
    """One newsletter to one address."""
    notify(
        NEWS.name,
        to=_contact(subscription),
        municipality_id=subscription.municipality_id,
        thread_key=news_thread(subscription.municipality_id),
        data={
            "municipality": subscription.municipality.name,
            "stories": [{"title": story.title, "lead": story.lead, "url": story_address(story)} for story in stories],
        },
        url=reverse("stories:list", kwargs={"municipality": subscription.municipality.slug}),
        key=f"stories.news:{subscription.pk}:{until.date().isoformat()}",
    )


def news_thread(municipality_id: UUID) -> str:
    """What keeps a municipality's newsletters together, and what a stop of them names."""
    return f"stories:news:{municipality_id}"


def thread_key(story: Story) -> str:
    """What keeps a story's notices together."""
    return f"story:{story.pk}"


def story_address(story: Story) -> str:
    """The page of a story that is out; for another, where it is written."""
    if not story.is_published:
        return draft_address(story)
    return reverse("stories:story", kwargs={"municipality": story.municipality.slug, "story": story.slug})


def draft_address(story: Story) -> str:
    """Where a story is written."""
    return reverse("stories:write", kwargs={"municipality": story.municipality.slug, "story_id": story.pk})


def _contact(subscription: Subscription) -> ContactPoint:
    return ContactPoint(email=subscription.email, language=subscription.language)


def _tell_all(
    kind: Kind,
    people: Iterable[User],
    story: Story,
    *,
    about: UUID,
    but: UUID | None,
    url: str,
    words: str = "",
) -> None:
    for user in people:
        if user.pk == but:
            continue
        notify(
            kind.name,
            to=user,
            municipality_id=story.municipality_id,
            thread_key=thread_key(story),
            data={"title": story.title, "words": words},
            url=url,
            key=f"{kind.name}:{about}:{user.pk}",
        )
