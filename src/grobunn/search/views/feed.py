"""The feed of a saved search, for programs that read news: under a secret address, as its owner would see it."""

from datetime import datetime, time
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_GET

from grobunn.kernel.limits import limited
from grobunn.kernel.permissions import open_to_all
from grobunn.search import rates
from grobunn.search.models import SavedSearch
from grobunn.search.queries import Match, matches_of
from grobunn.search.queries.saved import result_of, result_url, saved_search_with

_MOST = 50


@require_GET
@open_to_all("Whoever has the secret address reads as its owner; the owner can make it anew.")
@limited("search.feed", known=rates.SEARCHES, unknown=rates.SEARCHES_FROM_AN_ADDRESS)
def feed(request: HttpRequest, saved: UUID, secret: str) -> HttpResponse:
    """What a saved search finds, the newest first."""
    found_search = saved_search_with(saved, secret=secret)
    found = result_of(found_search, is_newest_first=True) if found_search is not None else None
    if found_search is None or found is None:
        raise Http404
    matches = matches_of(found, found.hits[:_MOST])
    response = HttpResponse(_atom(request, found_search, matches), content_type="application/atom+xml; charset=utf-8")
    response["Cache-Control"] = "private, max-age=300"
    response["X-Robots-Tag"] = "noindex"
    return response


def _atom(request: HttpRequest, saved: SavedSearch, matches: list[Match]) -> str:
    generator = Atom1Feed(
        title=f"{saved.name} – Grobunn",
        link=request.build_absolute_uri(result_url(saved)),
        description="",
        feed_url=request.build_absolute_uri(),
        feed_guid=f"urn:uuid:{saved.pk}",
    )
    for match in matches:
        generator.add_item(
            title=match.title,
            link=request.build_absolute_uri(match.url),
            description="".join(fragment.text for fragment in match.excerpt.text) if match.excerpt else "",
            unique_id=f"urn:uuid:{match.id}",
            updateddate=timezone.make_aware(datetime.combine(match.day, time.min)) if match.day else saved.made_at,
            categories=[match.municipality, str(match.state_label)],
        )
    return str(generator.writeString("utf-8"))
