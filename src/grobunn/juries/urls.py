"""Addresses of panels; each family of pages keeps its own list."""

from django.urls import path

from grobunn.juries.views import entries, listing, making, page, steps

app_name = "juries"

ONE = "<slug:municipality>/paneler/<slug:reference>"

urlpatterns = [
    path("<slug:municipality>/paneler/", listing.list_panels, name="list"),
    path("<slug:municipality>/paneler/nytt/", making.make, name="make"),
    path(f"{ONE}/", page.show_panel, name="panel"),
    path(f"{ONE}/om/", making.change_facts, name="facts"),
    path(f"{ONE}/bidrag/<uuid:entry_id>/", entries.show_entry, name="entry"),
    path(f"{ONE}/steg/<slug:edge>/", steps.take_step, name="step"),
]
