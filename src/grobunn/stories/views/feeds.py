"""The feeds: of a municipality, and of one of its tags."""

import hashlib

from django.http import Http404, HttpResponse, JsonResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from grobunn.kernel.permissions import open_to_all
from grobunn.organisations.requests import TenantRequest
from grobunn.stories.feeds import Feed, atom_of, feed_of, json_of
from grobunn.stories.queries.stories import tag_name

_SECONDS = 300


@require_safe
@open_to_all("What is published is for everybody.")
def atom(request: TenantRequest, municipality: str, tag: str = "") -> HttpResponse:
    """The newest stories as Atom."""
    feed = _feed(request, tag)
    content = HttpResponse(atom_of(feed), content_type="application/atom+xml; charset=utf-8")
    return _kept(request, content)


@require_safe
@open_to_all("What is published is for everybody.")
def json_feed(request: TenantRequest, municipality: str, tag: str = "") -> HttpResponse:
    """The newest stories as JSON Feed."""
    feed = _feed(request, tag)
    content = JsonResponse(
        json_of(feed), content_type="application/feed+json", json_dumps_params={"ensure_ascii": False}
    )
    return _kept(request, content)


def _feed(request: TenantRequest, tag: str) -> Feed:
    here = request.municipality
    title = _("Stories from %(municipality)s") % {"municipality": here.name}
    if tag:
        name = tag_name(here.pk, tag)
        if name is None:
            raise Http404
        title = f"{title}: {name}"
    return feed_of(here, title=title, tag=tag, feed_path=request.path, absolute=request.build_absolute_uri)


def _kept(request: TenantRequest, response: HttpResponse) -> HttpResponse:
    """What a reader has already is not sent again."""
    etag = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
    response["ETag"] = etag
    response["Vary"] = "Accept-Language, Cookie"  # The title is in the reader's language.
    patch_cache_control(response, public=True, max_age=_SECONDS)
    return get_conditional_response(request, etag=etag, response=response) or response
