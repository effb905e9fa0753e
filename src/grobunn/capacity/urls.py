"""Addresses of capacity."""

from django.urls import path

from grobunn.capacity.views import declaring, hours, overview, queue, raising, sources

app_name = "capacity"

urlpatterns = [
    path("<slug:municipality>/kapasitet/", overview.show_overview, name="overview"),
    path("<slug:municipality>/kapasitet/oppgi/", declaring.declare_grid, name="declare"),
    path("<slug:municipality>/kapasitet/ko/", queue.show_queue, name="queue"),
    path("<slug:municipality>/kapasitet/timer/", hours.show_hours, name="hours"),
    path("<slug:municipality>/kapasitet/timer/lagre/", hours.save_hours, name="save_hours"),
    path("<slug:municipality>/kapasitet/kilder/ny/", sources.make_source, name="make_source"),
    path("<slug:municipality>/kapasitet/kilder/<uuid:source_id>/", sources.show_source, name="source"),
    path("<slug:municipality>/kapasitet/kilder/<uuid:source_id>/endre/", sources.change_source, name="change_source"),
    path("<slug:municipality>/kapasitet/kilder/<uuid:source_id>/del/", sources.share_source, name="share_source"),
    path("<slug:municipality>/kapasitet/kilder/<uuid:source_id>/lukk/", sources.close_source, name="close_source"),
    path("<slug:municipality>/kapasitet/kilder/<uuid:source_id>/apne/", sources.open_source, name="open_source"),
    path("<slug:municipality>/kapasitet/kilder/<uuid:source_id>/ok/", raising.raise_source, name="raise"),
]
