"""What completes the words while somebody types into a box of search."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from grobunn.kernel.limits import limited
from grobunn.kernel.permissions import open_to_all
from grobunn.organisations.models import Municipality
from grobunn.organisations.requests import TenantRequest
from grobunn.search import rates
from grobunn.search.asked import asked_of
from grobunn.search.queries import suggestions

_WHY_OPEN = "Only what the reader may find completes their words."


@require_GET
@open_to_all(_WHY_OPEN)
@limited("search.suggest", known=rates.WHILE_TYPING, unknown=rates.WHILE_TYPING_FROM_AN_ADDRESS)
def suggest_everywhere(request: HttpRequest) -> HttpResponse:
    """What completes the words in every municipality."""
    return _options(request, here=None)


@require_GET
@open_to_all(_WHY_OPEN)
@limited("search.suggest", known=rates.WHILE_TYPING, unknown=rates.WHILE_TYPING_FROM_AN_ADDRESS)
def suggest_here(request: TenantRequest, municipality: str) -> HttpResponse:
    """What completes the words in one municipality."""
    return _options(request, here=request.municipality)


def _options(request: HttpRequest, *, here: Municipality | None) -> HttpResponse:
    words = asked_of(request.GET).words
    suggested = suggestions(words, user=request.user, municipality_id=here.pk if here else None)
    return render(request, "search/_suggestions.html", {"suggested": suggested, "here": here})
