"""The map of the library, with a table beside it that says the same."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from grobunn.cases.library.alike import likes_of
from grobunn.cases.library.asked import asked_of
from grobunn.cases.library.map import spots_of
from grobunn.cases.views.library.narrowing import chips_of
from grobunn.cases.views.library.page import found_for
from grobunn.kernel.limits import limited
from grobunn.kernel.permissions import open_to_all
from grobunn.organisations import geography
from grobunn.search.rates import SEARCHES, SEARCHES_FROM_AN_ADDRESS


@require_GET
@open_to_all("The library holds what is published.")
@limited("search.search", known=SEARCHES, unknown=SEARCHES_FROM_AN_ADDRESS)
def show_map(request: HttpRequest) -> HttpResponse:
    """Where the examples of a question come from, and where they have been taken into use."""
    asked = asked_of(request.GET)
    likes = likes_of(asked.like) if asked.like else None
    found = found_for(request, asked, here=None, likes=likes)
    spots = spots_of(found.table, found.rows)
    context = {
        "asked": asked,
        "chips": chips_of(asked),
        "total": found.total,
        "spots": spots,
        "told_count": sum(1 for spot in spots if spot.told),
        "adopted_count": sum(1 for spot in spots if spot.adopted),
        "outline": geography.outline(),
        "width": geography.WIDTH,
        "height": geography.HEIGHT,
    }
    return render(request, "cases/map.html", context)
