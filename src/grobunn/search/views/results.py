"""The page of search: one box, what was found by kind, what it can be narrowed by."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_GET

from grobunn.kernel.paging import Page
from grobunn.kernel.permissions import open_to_all
from grobunn.organisations.models import Municipality
from grobunn.organisations.queries import municipality_by_slug
from grobunn.organisations.requests import TenantRequest
from grobunn.search.forms import SearchForm
from grobunn.search.queries import Facet, Found, Match, matches_of, search
from grobunn.search.registry import Words

PAGE_SIZE = 20
# Of each kind while several kinds are shown on one page.
_SAMPLE = 5


@dataclass(frozen=True)
class Choice:
    """A link that narrows what was found, or takes the narrowing back."""

    label: Words
    count: int
    query: str
    is_chosen: bool


@dataclass(frozen=True)
class Group:
    """The best of one kind, and the way to all of them."""

    label: Words
    count: int
    matches: list[Match]
    query: str


@require_GET
@open_to_all("What is public is found by everybody; the rest by those whom its source lets see it.")
def search_everywhere(request: HttpRequest) -> HttpResponse:
    """Search in every municipality."""
    return _page(request, here=None)


@require_GET
@open_to_all("What is public is found by everybody; the rest by those whom its source lets see it.")
def search_here(request: TenantRequest, municipality: str) -> HttpResponse:
    """Search in one municipality."""
    return _page(request, here=request.municipality)


def _page(request: HttpRequest, *, here: Municipality | None) -> HttpResponse:
    form = SearchForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    words = asked.get("q") or ""
    context: dict[str, Any] = {"form": form, "here": here, "words": words}
    if words.strip():
        found = search(
            words,
            user=request.user,
            municipality_id=here.pk if here else _municipality_id(asked.get("kommune") or ""),
            kind=asked.get("slag") or "",
            state=asked.get("tilstand") or "",
        )
        context |= _results(request.GET, found, number=asked.get("side") or 1, here=here)
    return render(request, "search/page.html", context, status=200 if form.is_valid() else 422)


def _municipality_id(slug: str) -> UUID | None:
    """The municipality that the search is narrowed to.

    Raises: Http404 for an address that nobody has.
    """
    if not slug:
        return None
    try:
        return municipality_by_slug(slug).pk
    except Municipality.DoesNotExist as error:
        raise Http404 from error


def _results(asked: QueryDict, found: Found, *, number: int, here: Municipality | None) -> dict[str, Any]:
    start = (number - 1) * PAGE_SIZE
    is_grouped = len(found.kinds) > 1
    shown = [] if is_grouped else matches_of(found, found.hits[start : start + PAGE_SIZE])
    narrowings = [("slag", found.kinds), ("tilstand", found.states)]
    if here is None:
        narrowings.append(("kommune", found.municipalities))
    return {
        "found": found,
        "groups": _groups(asked, found) if is_grouped else [],
        "matches": shown,
        "page": Page(
            rows=[],
            next_cursor=str(number + 1) if not is_grouped and start + PAGE_SIZE < found.count else None,
            previous_cursor=str(number - 1) if number > 1 else None,
        ),
        "page_query": _query(asked, side=""),
        "widened": _query(asked, side="", slag="", tilstand="", kommune=""),
        "is_narrowed": any(asked.get(name) for name in ("slag", "tilstand", "kommune")),
        "choices": {name: _choices(asked, name, facets) for name, facets in narrowings},
    }


def _groups(asked: QueryDict, found: Found) -> list[Group]:
    best = {facet.value: found.of_kind(facet.value)[:_SAMPLE] for facet in found.kinds}
    matches = matches_of(found, [hit for hits in best.values() for hit in hits])
    return [
        Group(
            label=facet.label,
            count=facet.count,
            matches=[match for match in matches if match.kind == facet.value],
            query=_query(asked, slag=facet.value, side=""),
        )
        for facet in found.kinds
    ]


def _choices(asked: QueryDict, name: str, facets: tuple[Facet, ...]) -> list[Choice]:
    """Links for one way of narrowing; none where it would change nothing."""
    chosen = asked.get(name, "")
    if not chosen and len(facets) < 2:
        return []
    return [
        Choice(
            label=facet.label,
            count=facet.count,
            is_chosen=facet.value == chosen,
            query=_query(asked, side="", **{name: "" if facet.value == chosen else facet.value}),
        )
        for facet in facets
    ]


def _query(asked: QueryDict, **changes: str) -> str:
    """The query of the page's address with some of it changed; what is empty is left out."""
    changed = asked.copy()
    for name, value in changes.items():
        changed.pop(name, None)
        if value:
            changed[name] = value
    return changed.urlencode()
