"""The library: everything published, in all municipalities or from one."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from grobunn.cases.library.alike import Likes, likes_of
from grobunn.cases.library.asked import Asked, asked_of
from grobunn.cases.library.found import PAGE_SIZE, Found, find
from grobunn.cases.queries.listing import listed_cases
from grobunn.cases.views.library.files import MOST_ROWS, file_of
from grobunn.cases.views.library.narrowing import Facets, chips_of, orders_of
from grobunn.cases.views.library.rows import rows_of
from grobunn.kernel.limits import limited
from grobunn.kernel.paging import BadCursor
from grobunn.kernel.permissions import open_to_all
from grobunn.organisations.models import Municipality
from grobunn.organisations.requests import TenantRequest
from grobunn.search.rates import SEARCHES, SEARCHES_FROM_AN_ADDRESS

_WHY_OPEN = "The library holds what is published."


@require_GET
@open_to_all(_WHY_OPEN)
def show_library(request: HttpRequest) -> HttpResponse:
    """Every municipality's examples."""
    return _page(request, here=None)


@require_GET
@open_to_all(_WHY_OPEN)
def show_library_here(request: TenantRequest, municipality: str) -> HttpResponse:
    """The examples of one municipality, also those that it did before it merged."""
    return _page(request, here=request.municipality)


def _page(request: HttpRequest, *, here: Municipality | None) -> HttpResponse:
    asked = asked_of(request.GET)
    answer = _searched if asked.words else _answered
    return answer(request, asked, here)


@limited("search.search", known=SEARCHES, unknown=SEARCHES_FROM_AN_ADDRESS)
def _searched(request: HttpRequest, asked: Asked, here: Municipality | None) -> HttpResponse:
    """Words cost a search, which may be asked only so often."""
    return _answered(request, asked, here)


def _answered(request: HttpRequest, asked: Asked, here: Municipality | None) -> HttpResponse:
    likes = likes_of(asked.like) if asked.like else None
    if "format" in request.GET:
        found = found_for(request, asked.from_first, here=here, likes=likes, size=MOST_ROWS)
        return file_of(found, kind=request.GET["format"])
    found = found_for(request, asked, here=here, likes=likes)
    cases = listed_cases(found.ids)
    context = {
        "asked": asked,
        "here": here,
        "likes": likes,
        "found": found,
        "cases": cases,
        "rows": rows_of(cases),
        "facets": Facets(asked, found),
        "chips": chips_of(asked),
        "orders": orders_of(asked),
        "mine": _mine(request, here, asked),
        "unlike_query": asked.with_like("").query,
        "meant_query": _meant_query(asked, found),
        "json_query": _json_query(asked, here),
        "may_follow": request.user.is_authenticated,
        "fits_a_file": found.total <= MOST_ROWS,
    }
    return render(request, "cases/library.html", context)


def found_for(
    request: HttpRequest, asked: Asked, *, here: Municipality | None, likes: Likes | None, size: int = PAGE_SIZE
) -> Found:
    """The answer to a question. Raises: Http404 for a place in the list that it did not give out."""
    wanted = frozenset({here.pk}) if here else None
    if likes is not None:
        wanted = likes.ids if wanted is None else likes.ids & wanted
    try:
        return find(asked, user=request.user, municipality_ids=wanted, size=size)
    except BadCursor as error:
        raise Http404 from error


def _mine(request: HttpRequest, here: Municipality | None, asked: Asked) -> dict[str, Any] | None:
    """The one press to municipalities like one's own: the one that one is in or at home in."""
    home = here or getattr(request, "home_municipality", None)
    if not home or home.population is None or asked.like:
        return None
    return {"name": home.name, "query": asked.with_like(home.slug).query}


def _json_query(asked: Asked, here: Municipality | None) -> str:
    """The query of the API's answer to the same question."""
    parts = [asked.api_query, urlencode({"municipality": here.slug}) if here else ""]
    return "&".join(filter(None, parts))


def _meant_query(asked: Asked, found: Found) -> str:
    return Asked(words=found.meant).query if found.meant else ""
