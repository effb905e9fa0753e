"""Search for other systems: the same query, the same sources and the same counts as the page."""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Field, Query, Router, Schema
from pydantic import AfterValidator

from grobunn.kernel.api.access import open_to_all
from grobunn.kernel.paging import BadCursor
from grobunn.organisations.models import Municipality
from grobunn.organisations.queries import municipality_by_slug
from grobunn.search.asked import MOST_CHARACTERS
from grobunn.search.engine.interface import Hit, Ref
from grobunn.search.queries import Match, matches_of, search

router = Router(tags=["search"])
# So many of the last shown does a cursor remember, should some of them go before the next page is asked for.
_REMEMBERED = 4
SCOPES = {"search:read": _("Search in what its holder may read.")}


def _without_nulls(text: str) -> str:
    return text.replace("\x00", "")


Words = Annotated[str, AfterValidator(_without_nulls)]


class SearchAsked(Schema):
    """What is looked for, and what it is narrowed by."""

    q: Words = Field(description=f"Words to look for; the first {MOST_CHARACTERS} characters are looked at.")
    kind: Words = Field("", max_length=60, description="Such as idea.")
    state: Words = Field("", max_length=60)
    municipality: Words = Field("", max_length=60, description="The municipality's name in addresses.")
    county: Words = Field("", max_length=2, description="Number of the county (Statistics Norway, Klass 104).")
    size: Words = Field("", max_length=10, description="Size class: fewest inhabitants, such as 5000.")
    theme: Words = Field("", max_length=60)
    year: int | None = Field(None, ge=1000, le=9999)
    language: Words = Field("", max_length=10)
    sort: Literal["best", "newest"] = "best"
    limit: int = Field(20, ge=1, le=100, description="Results per page.")
    cursor: Words | None = Field(None, max_length=1000, description="Where the page begins, as given in `next`.")


class FragmentOut(Schema):
    """A piece of a text, and whether it is a word that was looked for."""

    text: str
    is_hit: bool


class ResultOut(Schema):
    """Something that was found."""

    kind: str
    id: UUID
    title: str
    url: str
    municipality: str = Field(description="The municipality's name in addresses.")
    municipality_name: str
    state: str
    state_label: str
    day: date | None = Field(description="When it was written.")
    passage: list[FragmentOut] = Field(description="The stretch of the text where the words stand.")


class FacetOut(Schema):
    """A value that narrows, and how many of what was found have it."""

    value: str
    label: str
    count: int


class SearchOut(Schema):
    """A page of what was found."""

    results: list[ResultOut]
    facets: dict[str, list[FacetOut]]
    count: int = Field(description="How many were found that the caller may see; at most 200 are looked at.")
    is_more: bool = Field(description="Whether there may be more than were looked at.")
    did_you_mean: str = Field(description="The words with typing errors put right; empty where none are.")
    next: str | None = Field(description="Address of the next page; null on the last.")


@dataclass(frozen=True)
class _Place:
    """Where a page begins: after the last shown that is still there, or where they stood if all are gone."""

    position: int
    after: tuple[Ref, ...]


@router.get(
    "/search",
    response=SearchOut,
    auth=open_to_all("search:read", why="Public things are public; a token finds what its holder may read."),
)
def search_all(request: HttpRequest, asked: Query[SearchAsked]) -> HttpResponse:
    """What has the words, best first, with what it can be narrowed by."""
    narrowed = asked.dict(include={"kind", "state", "county", "size", "theme", "year", "language"})
    found = search(
        " ".join(asked.q[: 10 * MOST_CHARACTERS].split())[:MOST_CHARACTERS],
        user=request.user,
        municipality_id=_municipality_id(asked.municipality),
        is_newest_first=asked.sort == "newest",
        **narrowed,
    )
    start = _start(found.hits, asked.cursor)
    shown = found.hits[start : start + asked.limit]
    following = _next(request, start + asked.limit, shown) if start + asked.limit < found.count else None
    root = request.build_absolute_uri("/").removesuffix("/")
    answer = {
        "results": [_result(root, match) for match in matches_of(found, shown)],
        "facets": {
            field: [{"value": each.value, "label": str(each.label), "count": each.count} for each in facets]
            for field, facets in found.facets.items()
        },
        "count": found.count,
        "is_more": found.is_more,
        "did_you_mean": found.meant,
        "next": following,
    }
    # Written as it stands: to check hundreds of values against the schema that they were made for takes longer than to
    # find them. A test does it.
    response = HttpResponse(json.dumps(answer), content_type="application/json; charset=utf-8")
    if following:
        response["Link"] = f'<{following}>; rel="next"'
    return response


def _municipality_id(slug: str) -> UUID | None:
    if not slug:
        return None
    try:
        found: Municipality = municipality_by_slug(slug)
    except Municipality.DoesNotExist as error:
        raise Http404 from error
    return found.pk


def _result(root: str, match: Match) -> dict[str, Any]:
    """What was found. Takes: root, the address of the installation, which the address of a match goes on from."""
    return {
        "kind": match.kind,
        "id": str(match.id),
        "title": match.title,
        "url": f"{root}{match.url}",
        "municipality": match.municipality_slug,
        "municipality_name": match.municipality,
        "state": match.state,
        "state_label": str(match.state_label),
        "day": match.day.isoformat() if match.day else None,
        "passage": [{"text": each.text, "is_hit": each.is_hit} for each in match.excerpt.text] if match.excerpt else [],
    }


def _start(hits: Sequence[Hit], cursor: str | None) -> int:
    """Where a page begins: what came or went before it meanwhile neither repeats nor hides anything."""
    if cursor is None:
        return 0
    place = _opened(cursor)
    positions = {hit.ref: position for position, hit in enumerate(hits)}
    return next((positions[ref] + 1 for ref in place.after if ref in positions), place.position)


def _next(request: HttpRequest, position: int, shown: Sequence[Hit]) -> str:
    last = [[hit.ref.kind, str(hit.ref.id)] for hit in shown[: -_REMEMBERED - 1 : -1]]
    sealed = json.dumps([position, last], separators=(",", ":")).encode()
    query = request.GET.copy()
    query["cursor"] = base64.urlsafe_b64encode(sealed).decode().rstrip("=")
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")


def _opened(cursor: str) -> _Place:
    """The place that a cursor names.

    Raises: BadCursor.
    """
    try:
        position, last = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        after = tuple(Ref(str(kind), UUID(object_id)) for kind, object_id in last)
        return _Place(position=max(0, int(position)), after=after)
    except (ValueError, TypeError, AttributeError) as error:
        raise BadCursor(cursor) from error
