"""What stories are about, and which stories are about something: by kind and id, as `search` knows things."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django_scopes import scopes_disabled

from grobunn.search.engine.interface import Ref
from grobunn.search.queries import Known, Match, known, matches_of, search
from grobunn.stories.models import Link, Story
from grobunn.stories.states import StoryState

_OFFERED = 10
_MOST_MENTIONS = 5
_MENTIONED = ("title", "slug", "language", "published_at", "municipality__name", "municipality__slug")


def links_of(story: Story) -> list[Link]:
    """The links of a story in the order that they were made."""
    return list(Link.objects.filter(story=story).order_by("id"))


def shown_of(links: Sequence[Link], *, user: Any) -> list[tuple[Link, Known]]:
    """Links with what they lead to, those that the reader may see."""
    found = {each.ref: each for each in known([Ref(link.kind, link.object_id) for link in links], user=user)}
    return [(link, found[ref]) for link in links if (ref := Ref(link.kind, link.object_id)) in found]


def offered_for(story: Story, words: str, *, user: Any) -> list[Match]:
    """What has the words and the story does not point to yet, its own municipality's first."""
    from_here = search(words, user=user, municipality_id=story.municipality_id)
    hits = list(from_here.hits) or list(search(words, user=user).hits)
    linked = {Ref(link.kind, link.object_id) for link in links_of(story)} | {Ref("story", story.pk)}
    return matches_of(from_here, [hit for hit in hits if hit.ref not in linked][:_OFFERED])


def about(stories: QuerySet[Story], *, kind: str, object_id: UUID) -> QuerySet[Story]:
    """Those of some stories that are about something, as `search` knows it; the caller opens the scope."""
    return stories.filter(pk__in=Link.objects.filter(kind=kind, object_id=object_id).values("story_id"))


_IS_LINKED = "SELECT 1 FROM stories_link WHERE kind = %s AND object_id = %s LIMIT 1"


def told_of(ref: Ref) -> list[Story]:
    """The newest stories of any municipality that are out and about an object; one SQL where there are none, else two.

    Most objects have none, and Django composes the second in four times the time of the first.
    """
    with connection.cursor() as cursor:
        cursor.execute(_IS_LINKED, [ref.kind, ref.id])
        if cursor.fetchone() is None:
            return []
    with scopes_disabled():
        out = Story.objects.filter(state=StoryState.PUBLISHED).select_related("municipality").only(*_MENTIONED)
        told = about(out, kind=ref.kind, object_id=ref.id).order_by("-published_at", "-id")
        return list(told[:_MOST_MENTIONS])
