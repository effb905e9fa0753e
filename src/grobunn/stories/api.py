"""Stories in the API: what is out, as the pages show it."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_scopes import scope, scopes_disabled
from ninja import Field, Query, Router, Schema
from pydantic import AfterValidator

from grobunn.kernel.api.access import open_to_all
from grobunn.kernel.api.pages import Listed, ListedRows, Paging, listed
from grobunn.organisations.models import Municipality
from grobunn.organisations.queries import municipality_by_id, municipality_by_slug
from grobunn.stories.figures import told
from grobunn.stories.metadata import picture_address
from grobunn.stories.models import Story
from grobunn.stories.queries.about import about, links_of, shown_of
from grobunn.stories.queries.people import Byline, bylines_of
from grobunn.stories.queries.stories import ORDER, pictures_of, published

router = Router(tags=["stories"])
SCOPES = {"stories:read": _("Read stories.")}
_WHY = "What is published is for everybody."

Words = Annotated[str, AfterValidator(lambda text: text.replace("\x00", ""))]


class StoriesAsked(Schema):
    """What the list is narrowed by."""

    municipality: Words = Field("", max_length=80, description="The municipality's name in addresses; all if left out.")
    tag: Words = Field("", max_length=40, description="A tag's name in addresses.")
    about_kind: Words = Field("", max_length=30, description="With `about_id`: what they are about, such as idea.")
    about_id: UUID | None = Field(None, description="With `about_kind`: the id that search gives of it.")


class AuthorOut(Schema):
    """An author who wants to be shown."""

    name: str
    role: str


class StoryOut(Schema):
    """A story in a list."""

    id: UUID
    title: str
    lead: str
    url: str
    municipality: str = Field(description="The municipality's name in addresses.")
    municipality_name: str
    language: str
    tags: list[str]
    authors: list[AuthorOut] = Field(description="Empty where the municipality stands as the sender.")
    published_at: datetime
    changed_at: datetime
    source: str = Field(description="Where it is retold from, with the day; empty where it is told first-hand.")
    source_url: str
    is_synthetic: bool = Field(description="Made up for a demonstration.")


class PictureOut(Schema):
    """A picture of a story."""

    number: int
    url: str
    width: int
    height: int
    alt: str
    caption: str


class LinkOut(Schema):
    """What a story is about, and the caller may see."""

    kind: str
    id: UUID
    title: str
    url: str


class WholeStoryOut(StoryOut):
    """A story with everything that its page shows."""

    text: str = Field(description="Markdown, as it was written; [bilde 2] is the place of the second picture.")
    html: str = Field(description="The same, sanitised, with its pictures.")
    pictures: list[PictureOut]
    about: list[LinkOut]


@router.get("/stories", response=Listed[StoryOut], auth=open_to_all("stories:read", why=_WHY))
def list_stories(
    request: HttpRequest, response: HttpResponse, paging: Query[Paging], asked: Query[StoriesAsked]
) -> ListedRows[Any]:
    """Published stories, newest first."""
    with scopes_disabled():
        rows = published(tag=asked.tag)
        if asked.municipality:
            rows = rows.filter(municipality_id=_municipality(asked.municipality).pk)
        if asked.about_kind and asked.about_id:
            rows = about(rows, kind=asked.about_kind, object_id=asked.about_id)
        page = listed(request, response, rows.defer("text"), order=ORDER, asked=paging)
        authors = bylines_of([story.pk for story in page.items]) if page.items else {}
    return ListedRows(items=[_told(request, story, authors[story.pk]) for story in page.items], next=page.next)


@router.get("/stories/{story_id}", response=WholeStoryOut, auth=open_to_all("stories:read", why=_WHY))
def show_story(request: HttpRequest, story_id: UUID) -> dict[str, Any]:
    """A published story."""
    with scopes_disabled():
        story = published().filter(pk=story_id).first()
    if story is None:
        raise Http404
    municipality = municipality_by_id(story.municipality_id)
    with scope(municipality=municipality.pk):
        pictures = pictures_of(story)
        links = shown_of(links_of(story), user=request.user)
    absolute = request.build_absolute_uri
    parts = told(story, pictures, slug=municipality.slug, addressed=absolute)
    return {
        **_told(request, story, bylines_of([story.pk])[story.pk]),
        "text": story.text,
        "html": "".join([parts.first, parts.body, *parts.rest]),
        "pictures": [
            {
                "number": picture.number,
                "url": absolute(picture_address(picture, municipality)),
                "width": picture.width,
                "height": picture.height,
                "alt": picture.alt,
                "caption": picture.caption,
            }
            for picture in pictures
        ],
        "about": [
            {"kind": link.kind, "id": link.object_id, "title": found.title, "url": absolute(found.url)}
            for link, found in links
        ],
    }


def _told(request: HttpRequest, story: Story, authors: list[Byline]) -> dict[str, Any]:
    here = municipality_by_id(story.municipality_id)
    path = reverse("stories:story", kwargs={"municipality": here.slug, "story": story.slug})
    return {
        "id": story.pk,
        "title": story.title,
        "lead": story.lead,
        "url": request.build_absolute_uri(path),
        "municipality": here.slug,
        "municipality_name": here.name,
        "language": story.language,
        "tags": story.tags,
        "authors": [{"name": author.name, "role": author.role} for author in authors],
        "published_at": story.published_at,
        "changed_at": story.changed_at,
        "source": story.source,
        "source_url": story.source_url,
        "is_synthetic": story.is_synthetic,
    }


def _municipality(slug: str) -> Municipality:
    try:
        return municipality_by_slug(slug)
    except Municipality.DoesNotExist as error:
        raise Http404 from error
