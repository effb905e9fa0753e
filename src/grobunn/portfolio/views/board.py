"""The board: what stands where, the most urgent first."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from grobunn.organisations.access import asks_here
from grobunn.organisations.requests import TenantRequest
from grobunn.portfolio.queries.board import quarters_held, standings
from grobunn.portfolio.queries.narrowed import narrowed
from grobunn.portfolio.shown import columns_of
from grobunn.portfolio.views.fetch import filter_of, frame


@require_GET
@asks_here("initiatives.see_portfolio")
def show_board(request: TenantRequest) -> HttpResponse:
    """A column for each stage, one for what is on hold, and the two good ends."""
    form = filter_of(request)
    here = request.municipality
    found = standings(narrowed(request.user, municipality_id=here.pk, asked=form.asked))
    spans = quarters_held([card.id for standing in found for card in standing.cards])
    context = {
        "columns": columns_of(found, municipality=here, form=form, spans=spans),
        "total": sum(standing.count for standing in found),
    }
    return render(request, "portfolio/board.html", {**frame(request, form, here="board"), **context})
