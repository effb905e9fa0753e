"""Addresses of giving scores."""

from django.urls import path

from grobunn.juries.views.scoring import pages, sending

ONE = "<slug:municipality>/paneler/<slug:reference>/poeng"

urlpatterns = [
    path(f"{ONE}/", pages.show_own, name="scoring"),
    path(f"{ONE}/send/", sending.send_taps, name="send_taps"),
    path(f"{ONE}/flere/", pages.show_more, name="more_to_score"),
    path(f"{ONE}/<uuid:entry_id>/", pages.score_entry, name="score"),
]
