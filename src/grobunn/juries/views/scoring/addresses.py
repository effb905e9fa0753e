"""Addresses of giving scores."""

from django.urls import path

from grobunn.juries.views import comparing
from grobunn.juries.views.scoring import pages, sending, sharing

ONE = "<slug:municipality>/paneler/<slug:reference>/poeng"

_COMPARE = "<slug:municipality>/paneler/<slug:reference>/sammenlign"

urlpatterns = [
    path(f"{_COMPARE}/", comparing.compare_two, name="compare"),
    path(f"{_COMPARE}/send/", comparing.send_answers, name="send_answers"),
    path(f"{_COMPARE}/flere/", comparing.more_pairs, name="more_pairs"),
    path(f"{_COMPARE}/angre/", comparing.take_back, name="take_back_comparison"),
    path(f"{ONE}/", pages.show_own, name="scoring"),
    path(f"{ONE}/send/", sending.send_taps, name="send_taps"),
    path(f"{ONE}/flere/", pages.show_more, name="more_to_score"),
    path(f"{ONE}/fordeling/", sharing.share_out, name="share_out"),
    path(f"{ONE}/fordeling/gi/", sharing.give, name="give_entry"),
    path(f"{ONE}/fordeling/ta/", sharing.take_away, name="take_away_entry"),
    path(f"{ONE}/fordeling/alle/", sharing.share_with_all, name="share_with_all"),
    path(f"{ONE}/<uuid:entry_id>/", pages.score_entry, name="score"),
]
