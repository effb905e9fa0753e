"""Feeds of a municipality's stories, or of one tag: Atom (RFC 4287) and JSON Feed 1.1, with the whole text."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.xmlutils import SimplerXMLGenerator
from django_scopes import scopes_disabled

from grobunn.organisations.models import Municipality
from grobunn.stories.figures import told
from grobunn.stories.models import Picture, Story
from grobunn.stories.queries.people import Byline, bylines_of
from grobunn.stories.queries.stories import ORDER, published

MOST = 30
Absolute = Callable[[str], str]


@dataclass(frozen=True)
class Item:
    """A story as a feed tells it."""

    story: Story
    url: str
    html: str
    authors: tuple[Byline, ...]


@dataclass(frozen=True)
class Feed:
    """What a feed says, in whatever form. Takes: page_url, what a person reads instead; name, its own id for ever."""

    title: str
    page_url: str
    feed_url: str
    language: str
    name: str
    items: tuple[Item, ...]

    @property
    def updated_at(self) -> datetime | None:
        """When anything in it last changed."""
        return max((item.story.changed_at for item in self.items), default=None)


def feed_of(municipality: Municipality, *, title: str, tag: str, feed_path: str, absolute: Absolute) -> Feed:
    """The newest stories that are out; three SQL.

    Takes: tag, the address of one, or ""; feed_path, where this feed is; absolute, makes a path the whole address.
    """
    rows = published(tag=tag).filter(municipality_id=municipality.pk).order_by(*ORDER)
    stories = list(rows[:MOST])
    pictures = _pictures_of([story.pk for story in stories])
    authors = bylines_of([story.pk for story in stories]) if stories else {}
    where = {"municipality": municipality.slug}
    page = reverse("stories:tag", kwargs={**where, "tag": tag}) if tag else reverse("stories:list", kwargs=where)
    return Feed(
        title=title,
        page_url=absolute(page),
        feed_url=absolute(feed_path),
        language=municipality.language,
        name=f"urn:uuid:{municipality.pk}" + (f"#{tag}" if tag else ""),
        items=tuple(
            Item(
                story=story,
                url=absolute(reverse("stories:story", kwargs={**where, "story": story.slug})),
                html=_html(story, pictures.get(story.pk, ()), slug=municipality.slug, absolute=absolute),
                authors=tuple(authors[story.pk]),
            )
            for story in stories
        ),
    )


def atom_of(feed: Feed) -> str:
    """A feed as Atom."""
    generator = _Atom(
        title=feed.title,
        link=feed.page_url,
        description="",
        language=feed.language,
        feed_url=feed.feed_url,
        feed_guid=feed.name,
    )
    for item in feed.items:
        generator.add_item(
            title=item.story.title,
            link=item.url,
            description=item.story.lead,
            unique_id=f"urn:uuid:{item.story.pk}",
            pubdate=item.story.published_at,
            updateddate=item.story.changed_at,
            categories=item.story.tags,
            # Atom asks for an author of each entry: the municipality, where nobody is shown.
            author_name=", ".join(author.name for author in item.authors) or feed.title,
            content_html=item.html,
        )
    return str(generator.writeString("utf-8"))


def json_of(feed: Feed) -> dict[str, Any]:
    """A feed as JSON Feed 1.1 (jsonfeed.org/version/1.1)."""
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.page_url,
        "feed_url": feed.feed_url,
        "language": feed.language,
        "items": [_json_item(item) for item in feed.items],
    }


def _json_item(item: Item) -> dict[str, Any]:
    story = item.story
    told_of = {
        "id": f"urn:uuid:{story.pk}",
        "url": item.url,
        "title": story.title,
        "summary": story.lead,
        "content_html": item.html,
        "date_published": story.published_at.isoformat() if story.published_at else None,
        "date_modified": story.changed_at.isoformat(),
        "authors": [{"name": author.name} for author in item.authors],
        "tags": story.tags,
        "language": story.language,
    }
    return {name: value for name, value in told_of.items() if value}


class _Atom(Atom1Feed):
    """Atom with the whole text of each entry."""

    def add_item_elements(self, handler: SimplerXMLGenerator, item: Mapping[str, Any]) -> None:
        super().add_item_elements(handler, item)  # type: ignore[arg-type]
        handler.addQuickElement("content", item["content_html"], {"type": "html"})


def _pictures_of(story_ids: Sequence[UUID]) -> dict[UUID, list[Picture]]:
    found: dict[UUID, list[Picture]] = {}
    if story_ids:
        with scopes_disabled():
            for picture in Picture.objects.filter(story_id__in=story_ids).order_by("number"):
                found.setdefault(picture.story_id, []).append(picture)
    return found


def _html(story: Story, pictures: Sequence[Picture], *, slug: str, absolute: Absolute) -> str:
    parts = told(story, pictures, slug=slug, addressed=absolute)
    return "".join([parts.first, parts.body, *parts.rest])
