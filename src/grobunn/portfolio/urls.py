"""Addresses of the portfolio."""

from django.urls import path

from grobunn.portfolio.views import board, listing, moving

app_name = "portfolio"

_HERE = "<slug:municipality>/portefolje"

urlpatterns = [
    path(f"{_HERE}/", board.show_board, name="board"),
    path(f"{_HERE}/flytt/<slug:reference>/", moving.move, name="move"),
    path(f"{_HERE}/liste/", listing.show_list, name="list"),
]
