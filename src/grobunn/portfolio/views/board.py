"""The board: what stands where, the most urgent first."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from grobunn.organisations.access import asks_here
from grobunn.organisations.requests import TenantRequest
from grobunn.portfolio import addresses
from grobunn.portfolio.queries.board import quarters_held, standings
from grobunn.portfolio.queries.narrowed import narrowed
from grobunn.portfolio.shown import cards_of
from grobunn.portfolio.views.fetch import filter_of, frame


@require_GET
@asks_here("initiatives.see_portfolio")
def show_board(request: TenantRequest) -> HttpResponse:
    """A column for each stage, one for what is on hold, and the two good ends."""
    form = filter_of(request)
    here = request.municipality
    columns = standings(narrowed(request.user, municipality_id=here.pk, asked=form.asked))
    spans = quarters_held([card.id for column in columns for card in column.cards])
    back = f"?{form.query}" if form.query else ""
    shown = [
        {
            "standing": standing,
            "cards": cards_of(standing, municipality=here, spans=spans, back=back),
            "url": addresses.page("list", here, form.address(trinn=standing.column.value)),
            "stuck_url": addresses.page("list", here, form.address(trinn=standing.column.value, signal="stuck")),
            "stuck": standing.by_signal.get("stuck", 0),
        }
        for standing in columns
    ]
    total = sum(standing.count for standing in columns)
    return render(
        request, "portfolio/board.html", {**frame(request, form, here="board"), "columns": shown, "total": total}
    )
