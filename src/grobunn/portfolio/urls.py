"""Addresses of the portfolio."""

from django.urls import path

from grobunn.portfolio.views import board, funnel, importing, listing, load, meeting, moving, sharing, timeline

app_name = "portfolio"

_HERE = "<slug:municipality>/portefolje"

urlpatterns = [
    path(f"{_HERE}/", board.show_board, name="board"),
    path(f"{_HERE}/flytt/<slug:reference>/", moving.move, name="move"),
    path(f"{_HERE}/tidslinje/", timeline.show_timeline, name="timeline"),
    path(f"{_HERE}/plan/<slug:reference>/", timeline.try_quarter, name="trial"),
    path(f"{_HERE}/last/", load.show_load, name="load"),
    path(f"{_HERE}/last/rader/", load.show_rows, name="load_rows"),
    path(f"{_HERE}/deling/", sharing.show_sharing, name="sharing"),
    path(f"{_HERE}/trakt/", funnel.show_funnel, name="funnel"),
    path(f"{_HERE}/trakt/<slug:step>/", funnel.show_rows, name="funnel_rows"),
    path(f"{_HERE}/import/", importing.upload, name="import"),
    path(f"{_HERE}/import/<uuid:key>/", importing.look_through, name="import_list"),
    path(f"{_HERE}/mote/", meeting.show_meeting, name="meeting"),
    path(f"{_HERE}/liste/", listing.show_list, name="list"),
]
