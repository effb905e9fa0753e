"""The page of search: one box, what was found by kind, what it can be narrowed by."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from grobunn.kernel.limits import limited
from grobunn.kernel.permissions import open_to_all
from grobunn.organisations.models import Municipality
from grobunn.organisations.requests import TenantRequest
from grobunn.search import rates
from grobunn.search.asked import Asked, Order, asked_of
from grobunn.search.forms import SavedSearchForm
from grobunn.search.models import Told
from grobunn.search.queries import Found, Match, matches_of, search
from grobunn.search.registry import Words
from grobunn.search.services.unmet import note_unmet
from grobunn.search.views.narrowing import chips_of, facets_shown, orders_of

PAGE_SIZE = 20
# Of each kind while several kinds are shown on one page, and of what others have where one's own has nothing.
_SAMPLE = 5
_WHY_OPEN = "What is public is found by everybody; the rest by those whom its source lets see it."


@dataclass(frozen=True)
class Group:
    """The best of one kind, and the way to all of them."""

    label: Words
    count: int
    matches: list[Match]
    query: str


@require_GET
@open_to_all(_WHY_OPEN)
@limited("search.search", known=rates.SEARCHES, unknown=rates.SEARCHES_FROM_AN_ADDRESS)
def search_everywhere(request: HttpRequest) -> HttpResponse:
    """Search in every municipality."""
    return _page(request, here=None)


@require_GET
@open_to_all(_WHY_OPEN)
@limited("search.search", known=rates.SEARCHES, unknown=rates.SEARCHES_FROM_AN_ADDRESS)
def search_here(request: TenantRequest, municipality: str) -> HttpResponse:
    """Search in one municipality."""
    return _page(request, here=request.municipality)


def _page(request: HttpRequest, *, here: Municipality | None) -> HttpResponse:
    asked = asked_of(request.GET)
    context: dict[str, Any] = {"asked": asked, "here": here, "scopes": _scopes(request, asked, here)}
    if asked.words:
        found = found_for(request, asked, here=here)
        context |= _results(asked, found, here=here)
        if not found.is_answered and not asked.narrowed:
            _note_unmet(request, asked, here)
        if here and not found.is_answered and found.has_words:
            context["elsewhere"] = _elsewhere(request, asked, here)
        if request.user.is_authenticated:
            context["save_form"] = SavedSearchForm(initial={"name": asked.words[:80], "told": Told.AT_ONCE})
    return render(request, "search/page.html", context)


def _note_unmet(request: HttpRequest, asked: Asked, here: Municipality | None) -> None:
    """Count it for the municipality that was searched, else for the one that the person is at home in."""
    municipality = here or getattr(request, "home_municipality", None)
    if municipality:
        note_unmet(asked.words, municipality_id=municipality.pk, request=request)


def found_for(request: HttpRequest, asked: Asked, *, here: Municipality | None) -> Found:
    """What is found by whoever asks.

    Raises: Http404 where the search is narrowed to a municipality that is none.
    """
    try:
        wanted = asked.wanted(here.pk if here else None)
    except Municipality.DoesNotExist as error:
        raise Http404 from error
    return search(asked.words, user=request.user, is_newest_first=asked.order == Order.NEWEST, **wanted)


def _elsewhere(request: HttpRequest, asked: Asked, here: Municipality) -> Group | None:
    """What answers in other municipalities, where one's own has nothing that does."""
    found = found_for(request, asked, here=None)
    hits = [hit for hit in found.hits if hit.municipality_id != here.pk]
    if not hits or not found.is_answered:
        return None
    best = matches_of(found, hits[:_SAMPLE])
    return Group(label=_("In other municipalities"), count=found.count, matches=best, query=asked.query)


def _results(asked: Asked, found: Found, *, here: Municipality | None) -> dict[str, Any]:
    is_grouped = len(found.kinds) > 1 and asked.order == Order.BEST
    start = (asked.number - 1) * PAGE_SIZE
    without = {"municipality"} if here else set()
    return {
        "found": found,
        "groups": _groups(asked, found) if is_grouped else [],
        "matches": [] if is_grouped else matches_of(found, found.hits[start : start + PAGE_SIZE]),
        "page": _neighbours(asked, found),
        "chips": chips_of(asked, found, without=without),
        "facets": facets_shown(asked, found, without=without),
        "meant_query": asked.with_words(found.meant).query,
        "orders": orders_of(asked) if found.count > 1 else [],
    }


def _neighbours(asked: Asked, found: Found) -> dict[str, Any]:
    """The pages before and after this one, as the pager takes them."""
    is_last = asked.number * PAGE_SIZE >= found.count
    return {
        "next_cursor": None if is_last else asked.number + 1,
        "previous_cursor": asked.number - 1 if asked.number > 1 else None,
    }


def _groups(asked: Asked, found: Found) -> list[Group]:
    best = {facet.value: found.of_kind(facet.value)[:_SAMPLE] for facet in found.kinds}
    matches = matches_of(found, [hit for hits in best.values() for hit in hits])
    return [
        Group(
            label=facet.label,
            count=facet.count,
            matches=[match for match in matches if match.kind == facet.value],
            query=asked.with_narrowing("kind", facet.value).query,
        )
        for facet in found.kinds
    ]


def _scopes(request: HttpRequest, asked: Asked, here: Municipality | None) -> list[dict[str, Any]]:
    """Where to look: in the municipality that one is in or at home in, or in all of them."""
    home = here or getattr(request, "home_municipality", None)
    if not home:
        return []
    kept = asked.with_narrowing("municipality", "").query
    inside = reverse("search:here", kwargs={"municipality": home.slug})
    everywhere = reverse("search:everywhere")
    return [
        {"place": home.name, "url": f"{inside}?{kept}", "is_current": here is not None},
        {"place": "", "url": f"{everywhere}?{kept}", "is_current": here is None},
    ]
