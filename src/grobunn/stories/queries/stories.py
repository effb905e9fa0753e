"""Which stories somebody sees, and how they are listed."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django_scopes import scopes_disabled

from grobunn.discussion.models import Comment
from grobunn.kernel import paging
from grobunn.kernel.actors import Actor
from grobunn.kernel.models import StateChange
from grobunn.organisations.queries import municipality_by_id, roles_of
from grobunn.stories.models import Author, Picture, Story
from grobunn.stories.queries.people import Byline, bylines_of
from grobunn.stories.rules import EDITOR_ROLES, may_view
from grobunn.stories.states import StoryState

PAGE_SIZE = 12
ORDER = ("-published_at", "-id")
_DESK_MOST = 100
# What a list shows; the text is most of a story.
_LISTED = (
    "state",
    "slug",
    "title",
    "lead",
    "language",
    "tags",
    "tag_slugs",
    "published_at",
    "edited_at",
    "is_synthetic",
)


@dataclass(frozen=True)
class Teaser:
    """A story as lists show it: its first picture, or None, and the authors who want to be shown."""

    story: Story
    picture: Picture | None
    authors: tuple[Byline, ...]


def stories_for(actor: Actor) -> QuerySet[Story]:
    """Every story of the active scope that an actor may read; the same words as `rules.may_view`."""
    return Story.objects.filter(visible_to(actor))


def visible_to(actor: Actor) -> Q:
    """The condition under which an actor may read a story."""
    condition = Q(state=StoryState.PUBLISHED)
    if actor.pk is None:
        return condition
    with scopes_disabled():
        condition |= Q(pk__in=Author.objects.filter(user_id=actor.pk).values("story_id"))
    edited = {held.municipality_id for held in roles_of(actor).held if held.role in EDITOR_ROLES}
    return condition | Q(municipality_id__in=edited) if edited else condition


def published(*, tag: str = "") -> QuerySet[Story]:
    """What is out in the active scope. Takes: tag, the address of one, or "" for all."""
    stories = Story.objects.filter(state=StoryState.PUBLISHED)
    return stories.filter(tag_slugs__contains=[tag]) if tag else stories


def list_page(*, municipality_id: UUID, tag: str = "", cursor: str | None = None) -> paging.Page[Story]:
    """One page of what a municipality has out, newest first.

    Raises: paging.BadCursor.
    """
    rows = published(tag=tag).filter(municipality_id=municipality_id).only(*_LISTED, "municipality_id")
    return paging.page(rows, order=ORDER, size=PAGE_SIZE, cursor=cursor)


def latest(municipality_id: UUID, *, limit: int) -> list[Story]:
    """What a municipality told last, for its front page; one SQL."""
    rows = published().filter(municipality_id=municipality_id).only(*_LISTED, "municipality_id")
    return list(rows.order_by(*ORDER)[:limit])


def teasers_of(stories: Collection[Story]) -> list[Teaser]:
    """Stories as lists show them; two SQL however many they are, none for none."""
    if not stories:
        return []
    story_ids = [story.pk for story in stories]
    with scopes_disabled():
        pictures = Picture.objects.filter(story_id__in=story_ids).order_by("story_id", "number").distinct("story_id")
        first = {picture.story_id: picture for picture in pictures}
    authors = bylines_of(story_ids)
    return [Teaser(story=story, picture=first.get(story.pk), authors=tuple(authors[story.pk])) for story in stories]


def tag_name(municipality_id: UUID, slug: str) -> str | None:
    """A tag as the newest story that has it writes it; None where no story that is out does."""
    story = (
        published(tag=slug).filter(municipality_id=municipality_id).order_by(*ORDER).only("tags", "tag_slugs").first()
    )
    return {address: name for name, address in story.tag_links}[slug] if story is not None else None


def tag_counts(municipality_id: UUID, *, most: int = 20) -> list[tuple[str, str, int]]:
    """The tags of what a municipality has out, with address and number, the most used first; one SQL."""
    counts: dict[str, int] = {}
    names: dict[str, str] = {}
    rows = published().filter(municipality_id=municipality_id).exclude(tags=[])
    for tags, addresses in rows.order_by(*ORDER).values_list("tags", "tag_slugs")[:1000]:
        for name, address in zip(tags, addresses, strict=True):
            names.setdefault(address, name)
            counts[address] = counts.get(address, 0) + 1
    ranked = sorted(counts, key=lambda address: (-counts[address], address))
    return [(names[address], address, counts[address]) for address in ranked[:most]]


def story_by_slug(slug: str, *, actor: Actor) -> Story | None:
    """The story of an address in the active scope, if the actor may read it."""
    return _whole(Story.objects.filter(slug=slug), actor)


def story_by_id(story_id: UUID, *, actor: Actor) -> Story | None:
    """The story of an id in the active scope, if the actor may read it."""
    return _whole(Story.objects.filter(pk=story_id), actor)


def _whole(found: QuerySet[Story], actor: Actor) -> Story | None:
    story = found.first()
    if story is None:
        return None
    story.municipality = municipality_by_id(story.municipality_id)
    return story if may_view.test(actor, story) else None


def pictures_of(story: Story) -> list[Picture]:
    """The pictures of a story by their numbers."""
    return list(Picture.objects.filter(story=story).order_by("number"))


def picture_for(picture_id: UUID, *, actor: Actor) -> Picture | None:
    """A picture in the active scope, if the actor may read its story."""
    picture = Picture.objects.filter(pk=picture_id).select_related("story").first()
    return picture if picture is not None and may_view.test(actor, picture.story) else None


def desk_of(actor: Actor, *, municipality_id: UUID, is_editor: bool) -> list[Story]:
    """What somebody writes in a municipality, for an editor what everybody does; the last begun first."""
    stories = Story.objects.filter(municipality_id=municipality_id)
    if not is_editor:
        stories = stories.filter(pk__in=Author.objects.filter(user_id=actor.pk).values("story_id"))
    return list(stories.defer("text").select_related("writer").order_by("-begun_at", "-id")[:_DESK_MOST])


def last_change(story: Story) -> StateChange | None:
    """The newest step of a story's history."""
    return StateChange.objects.filter(subject_id=story.pk).order_by("-id").first()


def life_of(story: Story) -> list[StateChange]:
    """Every step of a story, oldest first."""
    return list(StateChange.objects.filter(subject_id=story.pk).order_by("id"))


def stories_of_comments(comments: Collection[Comment]) -> list[tuple[Comment, Story]]:
    """Comments with the stories that they stand under, in the active scope; one SQL, none for none."""
    if not comments:
        return []
    stories = Story.objects.defer("text").select_related("municipality")
    found = stories.in_bulk({comment.subject_id for comment in comments})
    return [(comment, found[comment.subject_id]) for comment in comments if comment.subject_id in found]
