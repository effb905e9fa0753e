"""What readers see: the list, the page of a tag, a story, a picture."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from grobunn.accounts.models import User
from grobunn.kernel import permissions
from grobunn.kernel.paging import BadCursor
from grobunn.kernel.permissions import open_to_all, requires
from grobunn.notifications.services.read import read_thread
from grobunn.organisations.requests import TenantRequest
from grobunn.stories.models import Picture
from grobunn.stories.notices import thread_key
from grobunn.stories.queries.stories import list_page, picture_for, story_by_slug, tag_counts, tag_name, teasers_of
from grobunn.stories.views.pages import story_page

_PICTURE_SECONDS = 3600


@require_GET
@open_to_all("What is published is for everybody.")
def show_list(request: TenantRequest, municipality: str) -> HttpResponse:
    """What a municipality tells, newest first."""
    return _list(request)


@require_GET
@open_to_all("What is published is for everybody.")
def show_tag(request: TenantRequest, municipality: str, tag: str) -> HttpResponse:
    """What a municipality tells under one tag."""
    name = tag_name(request.municipality.pk, tag)
    if name is None:
        raise Http404
    return _list(request, tag=tag, name=name)


def _list(request: TenantRequest, *, tag: str = "", name: str = "") -> HttpResponse:
    here = request.municipality
    try:
        page = list_page(municipality_id=here.pk, tag=tag, cursor=request.GET.get("side"))
    except BadCursor as error:
        raise Http404 from error
    where = {"municipality": here.slug, **({"tag": tag} if tag else {})}
    context = {
        "page": page,
        "teasers": teasers_of(page.rows),
        "tag": tag,
        "tag_name": name,
        "tags": tag_counts(here.pk),
        "may_write": permissions.is_allowed("stories.write", request.user, here),
        "atom_url": reverse("stories:tag_atom" if tag else "stories:atom", kwargs=where),
        "json_url": reverse("stories:tag_json_feed" if tag else "stories:json_feed", kwargs=where),
    }
    return render(request, "stories/list.html", context)


@require_GET
@requires("stories.view")
def show_story(request: TenantRequest, municipality: str, story: str) -> HttpResponse:
    """A story."""
    found = story_by_slug(story, actor=request.user)
    if found is None:
        raise Http404
    if isinstance(request.user, User):
        read_thread(request.user, thread_key=thread_key(found))
    return story_page(request, found)


@require_GET
@requires("stories.view")
def picture(request: TenantRequest, municipality: str, picture_id: UUID) -> HttpResponseBase:
    """A picture, for whoever may read the story."""
    return _file(_picture(request, picture_id), "file")


@require_GET
@requires("stories.view")
def small_picture(request: TenantRequest, municipality: str, picture_id: UUID) -> HttpResponseBase:
    """A picture as lists show it."""
    return _file(_picture(request, picture_id), "small_file")


def _picture(request: TenantRequest, picture_id: UUID) -> Picture:
    found = picture_for(picture_id, actor=request.user)
    if found is None:
        raise Http404
    return found


def _file(found: Picture, field: str) -> HttpResponseBase:
    response = FileResponse(getattr(found, field).open("rb"), content_type="image/jpeg")
    # Its bytes never change; that it may be seen can.
    who = "public" if found.story.is_published else "private"
    response["Cache-Control"] = f"{who}, max-age={_PICTURE_SECONDS}"
    return response
